package pyref

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/moby/moby/client"
	"github.com/testcontainers/testcontainers-go"

	"github.com/pyparity/pyparity/fixtures"
)

// Options are what a Session may be told. The zero value is the default of each.
type Options struct {
	// Images names the image to use for a Python, as {"3.13": "my/python:3.13"}.
	// Nil means the environment's: PYPARITY_IMAGE_3_13 and so on.
	Images map[string]string
	// Folders are folders of this machine that every container has under the same
	// path, writable: for an interpreter that writes down what it runs. Nil means
	// the environment's, PYPARITY_FOLDERS, separated by colons.
	Folders []string
	// Binary is the static pyparity executable that containers run as their
	// first process. Empty means that StaticBinary finds or builds it.
	Binary string
	// Progress is told, a line at a time, what takes long.
	Progress func(line string)
}

// foldersVariable is the environment variable that names Options.Folders.
const foldersVariable = "PYPARITY_FOLDERS"

// A Session is a connection to Docker and everything that was started there
// through it. Its methods may be called from several goroutines.
type Session struct {
	provider *testcontainers.DockerProvider
	docker   client.APIClient
	options  Options
	owner    owner
	dir      string // files that containers mount

	mu        sync.Mutex
	processes map[*Process]struct{}
	closed    bool
	binary    string // once it is known
	cleanup   func() // of a binary that was built
	registry  error  // why the registry does not answer, once that is known
}

// Open connects to Docker, and removes what a killed process left there.
// The error is a *NoDockerError where no daemon answers.
func Open(ctx context.Context, options Options) (*Session, error) {
	s, err := connected(ctx, options)
	if err != nil {
		return nil, err
	}
	if err := s.Sweep(ctx); err != nil {
		s.options.Progress("cannot remove what an earlier run left: " + err.Error())
	}
	if s.dir, err = s.owner.temporary("session"); err == nil {
		err = s.writeFiles()
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// connected returns a session that has connected to Docker, and done nothing yet.
func connected(ctx context.Context, options Options) (*Session, error) {
	owner, err := self()
	if err != nil {
		return nil, err
	}
	provider, docker, err := connect(ctx)
	if err != nil {
		return nil, err
	}
	if options.Images == nil {
		options.Images = imagesFromEnvironment()
	}
	if options.Folders == nil {
		options.Folders = filepath.SplitList(os.Getenv(foldersVariable))
	}
	if options.Progress == nil {
		options.Progress = func(string) {}
	}
	return &Session{
		provider:  provider,
		docker:    docker,
		options:   options,
		owner:     owner,
		binary:    options.Binary,
		processes: map[*Process]struct{}{},
	}, nil
}

// Close ends everything that the session started, removes it, and disconnects.
// It returns once nothing is left. Further calls do nothing.
func (s *Session) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil
	}
	s.closed = true
	processes, cleanup := slices.Collect(maps.Keys(s.processes)), s.cleanup
	s.mu.Unlock()

	var errs []error
	results := make(chan error, len(processes))
	for _, p := range processes {
		go func() { results <- p.Close() }()
	}
	for range processes {
		errs = append(errs, <-results)
	}
	if cleanup != nil {
		cleanup()
	}
	if s.dir != "" {
		errs = append(errs, os.RemoveAll(s.dir))
	}
	return errors.Join(append(errs, s.provider.Close())...)
}

// resolverFiles are the fixture's files that every container has in /etc as they are.
var resolverFiles = []string{"resolv.conf", "nsswitch.conf", "host.conf", "gai.conf"}

// writeFiles puts the files that every container mounts into the directory.
func (s *Session) writeFiles() error {
	for _, name := range resolverFiles {
		text, err := fs.ReadFile(fixtures.Environment(), name)
		if err == nil {
			err = os.WriteFile(s.file(name), text, 0o644)
		}
		if err != nil {
			return err
		}
	}
	return errors.Join(
		os.WriteFile(s.file("agent.py"), agent, 0o644),
		os.WriteFile(s.file("micropython.py"), microAgent, 0o644),
	)
}

// hostsFile writes the hosts file of a container of this host name, and returns
// its path.
func (s *Session) hostsFile(hostname string) (string, error) {
	if hostname == "" || strings.ContainsAny(hostname, "/ \t\n") {
		return "", fmt.Errorf("%q cannot be a host name", hostname)
	}
	hosts, err := fs.ReadFile(fixtures.Environment(), "hosts")
	if err != nil {
		return "", err
	}
	path := s.file("hosts-" + hostname)
	text := strings.ReplaceAll(string(hosts), "{{hostname}}", hostname)
	s.mu.Lock()
	defer s.mu.Unlock()
	return path, os.WriteFile(path, []byte(text), 0o644)
}

// Directory makes a directory for files that containers mount. Close removes it.
func (s *Session) Directory(purpose string) (string, error) {
	dir, err := os.MkdirTemp(s.dir, purpose+"-")
	if err != nil {
		return "", err
	}
	return dir, os.Chmod(dir, 0o755) // a container's root is as anybody to it
}

func (s *Session) file(name string) string { return filepath.Join(s.dir, name) }

// Binary returns the static executable for containers, which it looks for or
// builds when it is first asked for.
func (s *Session) Binary(ctx context.Context) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.binary != "" {
		return s.binary, nil
	}
	if _, reason := runningCommand(); reason != nil {
		s.options.Progress("building the pyparity executable for containers …")
	}
	path, cleanup, err := StaticBinary(ctx)
	if err != nil {
		return "", err
	}
	s.binary, s.cleanup = path, cleanup
	return path, nil
}

// cleaning returns a context for removing things, which must be done even when
// the run's own context has ended.
func cleaning(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
}
