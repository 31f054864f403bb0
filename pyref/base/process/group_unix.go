//go:build unix

package process

import (
	"errors"
	"os/exec"
	"syscall"
)

// OwnGroup makes a command the first of a process group of its own when it is
// started, for KillGroup.
func OwnGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// KillGroup kills a command and what it has started. That it has ended already is
// no error.
func KillGroup(cmd *exec.Cmd) error {
	if err := syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL); !errors.Is(err, syscall.ESRCH) {
		return err
	}
	return nil
}
