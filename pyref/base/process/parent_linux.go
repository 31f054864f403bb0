package process

import (
	"os/exec"
	"syscall"
)

// EndWithParent has the kernel kill a command when this process ends, however
// that ends.
func EndWithParent(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
