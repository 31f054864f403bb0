package pyref

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
	"time"

	"github.com/moby/moby/client"
	"github.com/testcontainers/testcontainers-go"
	tclog "github.com/testcontainers/testcontainers-go/log"
)

// NoDockerError means that no Docker daemon answers.
type NoDockerError struct{ Err error }

func (e *NoDockerError) Error() string {
	return fmt.Sprintf("no Docker daemon answers (%v); %s", e.Err, e.Remedy())
}

func (e *NoDockerError) Unwrap() error { return e.Err }

// Remedy says what to do about it.
func (e *NoDockerError) Remedy() string {
	if errors.Is(e.Err, fs.ErrPermission) {
		return "this user may not use it: add the user to the group docker and log in again, or run as root"
	}
	return "install Docker (on Debian: apt-get install docker.io) and start it (dockerd, or systemctl start docker); DOCKER_HOST chooses another daemon"
}

// patience is how long a daemon may take to answer for the first time.
const patience = 15 * time.Second

// connect finds the Docker daemon, negotiates the version of its API and
// returns testcontainers' provider and the client below it.
func connect(ctx context.Context) (*testcontainers.DockerProvider, client.APIClient, error) {
	if err := withoutReaper(); err != nil {
		return nil, nil, err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, patience, fmt.Errorf("no answer within %v", patience))
	defer cancel()
	type connected struct {
		provider *testcontainers.DockerProvider
		err      error
	}
	// testcontainers takes no context here.
	done := make(chan connected, 1)
	go func() {
		provider, err := newProvider()
		done <- connected{provider, err}
	}()
	select {
	case c := <-done:
		if c.err != nil {
			return nil, nil, &NoDockerError{c.err}
		}
		docker := c.provider.Client()
		// testcontainers goes on to other daemons when the one asked for is silent.
		if asked := os.Getenv(client.EnvOverrideHost); asked != "" && docker.DaemonHost() != asked &&
			testcontainers.ReadConfig().Config.TestcontainersHost == "" {
			err := fmt.Errorf("%s=%s does not answer", client.EnvOverrideHost, asked)
			return nil, nil, errors.Join(&NoDockerError{err}, c.provider.Close())
		}
		if _, err := docker.Ping(ctx, client.PingOptions{NegotiateAPIVersion: true}); err != nil {
			return nil, nil, errors.Join(&NoDockerError{err}, c.provider.Close())
		}
		return c.provider, docker, nil
	case <-ctx.Done():
		return nil, nil, &NoDockerError{context.Cause(ctx)}
	}
}

// global guards what testcontainers keeps for the whole process.
var global sync.Mutex

func newProvider() (*testcontainers.DockerProvider, error) {
	global.Lock()
	defer global.Unlock()
	// It greets at its first connection, through its default logger.
	loud := tclog.Default()
	tclog.SetDefault(tclog.NewNoopLogger())
	defer tclog.SetDefault(loud)
	return testcontainers.NewDockerProvider(
		testcontainers.Generic2DockerOptions(testcontainers.WithLogger(tclog.NewNoopLogger()))...)
}

// noReaper is how testcontainers is told to do without its reaper, which is a
// second image that would have to be pulled. There is no option for it in code:
// the variable, or a file in the user's home, is its interface.
const noReaper = "TESTCONTAINERS_RYUK_DISABLED"

// withoutReaper turns the reaper off in this process. testcontainers reads the
// variable once, so it is set for no longer than that.
func withoutReaper() error {
	global.Lock()
	defer global.Unlock()
	before, was := os.LookupEnv(noReaper)
	if err := os.Setenv(noReaper, "true"); err != nil {
		return err
	}
	disabled := testcontainers.ReadConfig().Config.RyukDisabled
	var err error
	if was {
		err = os.Setenv(noReaper, before)
	} else {
		err = os.Unsetenv(noReaper)
	}
	if err == nil && !disabled {
		err = fmt.Errorf("testcontainers is in use in this process with its reaper on: set %s=true before its first use", noReaper)
	}
	return err
}
