package pyref

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"

	"github.com/pyparity/pyparity/pyref/base/unix"

	"github.com/pyparity/pyparity/fixtures"
	"github.com/pyparity/pyparity/pyref/dnsserver"
)

// initCommand is the hidden subcommand of pyparity that calls Init.
const initCommand = "init"

// resolverAddress is where the fixture's resolv.conf has its name server.
const resolverAddress = "127.0.0.1:53"

// orphaned is how long a command may go on once nobody can write to its
// standard input any more. It ends by itself then, unless it hangs.
const orphaned = 10 * time.Second

// An ExitError is how a command of Init ended, for the status of its own process.
type ExitError struct{ Status int }

func (e *ExitError) Error() string { return fmt.Sprintf("the command ended with status %d", e.Status) }

// Init is the first process of a container: it serves the fixture's DNS zones
// on loopback, runs a command with its own standard streams, reaps what the
// command leaves behind, and ends with it. Args is the command, with or without
// a leading "--"; its program is found by PATH.
//
// It returns nil when the command ended with status 0, an *ExitError when it did
// not (128 and the signal's number when it was killed), and another error when
// the command could not be run.
func Init(ctx context.Context, args []string) error {
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	if len(args) == 0 {
		return errors.New("init: no command")
	}
	server, err := newResolver()
	if err != nil {
		return err
	}
	if err := server.Start(resolverAddress); err != nil {
		return err
	}
	status, err := supervise(ctx, args)
	err = errors.Join(err, server.Close())
	if err == nil && status != 0 {
		err = &ExitError{status}
	}
	return err
}

func newResolver() (*dnsserver.Server, error) {
	dir, err := fs.Sub(fixtures.Environment(), "zones")
	if err != nil {
		return nil, err
	}
	zones, err := dnsserver.ReadZones(dir)
	if err != nil {
		return nil, err
	}
	file, err := fixtures.Environment().Open("faults")
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // it is embedded
	faults, err := dnsserver.ReadFaults(file)
	if err != nil {
		return nil, fmt.Errorf("faults: %w", err)
	}
	return &dnsserver.Server{Zones: zones, Faults: faults}, nil
}

// supervise runs a command until it ends, and returns its status.
func supervise(ctx context.Context, args []string) (int, error) {
	program, err := exec.LookPath(args[0])
	if err != nil {
		return 0, err
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
	defer signal.Stop(signals)
	child, err := os.StartProcess(program, args, &os.ProcAttr{Files: []*os.File{os.Stdin, os.Stdout, os.Stderr}})
	if err != nil {
		return 0, err
	}
	// All children are reaped below, this one too; os must not do it.
	pid := child.Pid
	if err := child.Release(); err != nil {
		return 0, err
	}
	ended := make(chan int, 1)
	failed := make(chan error, 1)
	go func() {
		status, err := reap(pid)
		if err != nil {
			failed <- err
			return
		}
		ended <- status
	}()
	alone := make(chan struct{})
	go func() {
		if hungUp(int(os.Stdin.Fd())) {
			time.Sleep(orphaned)
			close(alone)
		}
	}()
	for {
		select {
		case status := <-ended:
			return status, nil
		case err := <-failed:
			return 0, err
		case s := <-signals:
			_ = unix.Kill(pid, s.(syscall.Signal)) // it may just have ended
		case <-ctx.Done():
			return 0, ctx.Err()
		case <-alone:
			return 0, fmt.Errorf("nobody has been listening for %v", orphaned)
		}
	}
}

// reap waits for every child until the given one ends.
func reap(pid int) (int, error) {
	for {
		var status unix.WaitStatus
		ended, err := unix.Reap(-1, &status)
		switch {
		case errors.Is(err, unix.EINTR):
		case err != nil:
			return 0, fmt.Errorf("wait for the command: %w", err)
		case ended == pid:
			if signal := status.Signal(); signal >= 0 {
				return 128 + int(signal), nil
			}
			return status.ExitStatus(), nil
		}
	}
}

// hungUp waits until nobody holds the other end of a pipe or socket for writing
// to it, without reading from it. It returns false where that cannot be told.
func hungUp(fd int) bool {
	for {
		fds := []unix.PollFd{{Fd: int32(fd)}}
		_, err := unix.Poll(fds, -1)
		if errors.Is(err, unix.EINTR) {
			continue
		}
		return err == nil && fds[0].Revents&unix.POLLHUP != 0
	}
}
