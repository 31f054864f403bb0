package pyref

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"strings"
	"time"

	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/api/types/mount"
	"github.com/testcontainers/testcontainers-go"
)

// The limits of a container. They are the same for every side and on every
// machine, so that what runs into one does so everywhere.
const (
	memoryLimit    = 1 << 30 // octets
	processLimit   = 1024    // threads count as processes
	fileLimit      = 4096    // descriptors of a process
	temporaryLimit = "size=64m,mode=1777,noexec,nosuid,nodev"
)

// Where a container has what it mounts.
const (
	insideBinary = "/pyparity/pyparity"
	insideAgent  = "/pyparity/agent.py"

	insideMicroAgent = "/pyparity/micropython.py"
)

// Reference starts CPython in a container of the given host name: the agent
// that runs behaviours, speaking the protocol on the process's standard streams.
func (s *Session) Reference(ctx context.Context, image Image, hostname string) (*Process, error) {
	binary, err := s.Binary(ctx)
	if err != nil {
		return nil, err
	}
	return s.start(ctx, image, hostname, binary, image.Interpreter, "-I", insideAgent)
}

// Script starts CPython in a container like the reference's, with a program of
// its own, which is given as text.
func (s *Session) Script(ctx context.Context, image Image, hostname, program string) (*Process, error) {
	binary, err := s.Binary(ctx)
	if err != nil {
		return nil, err
	}
	return s.start(ctx, image, hostname, binary, image.Interpreter, "-I", "-c", program)
}

// Command starts a static executable of this machine in a container like the
// reference's: the same image, files and limits, so that what differs is the
// program alone. The executable must be pyparity itself, whose subcommand init
// runs first; args are its arguments after that.
//
// It is mounted, read-only, rather than sent over standard input: the hosts file
// and resolv.conf have to be mounted anyway (Docker puts its own in their place
// otherwise), so this asks nothing more of the daemon, costs nothing each time,
// and needs no executable temporary file system.
func (s *Session) Command(ctx context.Context, image Image, hostname, binary string, args ...string) (*Process, error) {
	return s.start(ctx, image, hostname, binary, append([]string{insideBinary}, args...)...)
}

// Program starts a program of the image's own, an absolute path or a name that its
// PATH finds, in a container like the reference's. Files of this machine, which
// all users may read, are mounted read-only: files has their paths by the paths
// that they have in the container.
func (s *Session) Program(ctx context.Context, image Image, hostname string, files map[string]string, command ...string) (*Process, error) {
	binary, err := s.Binary(ctx)
	if err != nil {
		return nil, err
	}
	return s.startWith(ctx, image, hostname, binary, files, command)
}

// startTimeout bounds the making of a container, which is not interrupted in
// its middle: Docker would go on, and nobody would know the container's id.
const startTimeout = time.Minute

func (s *Session) start(ctx context.Context, image Image, hostname, binary string, command ...string) (*Process, error) {
	return s.startWith(ctx, image, hostname, binary, nil, command)
}

func (s *Session) startWith(ctx context.Context, image Image, hostname, binary string, files map[string]string, command []string) (*Process, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	request, err := s.request(image, hostname, binary, files, command)
	if err != nil {
		return nil, err
	}
	making, cancel := context.WithTimeout(context.WithoutCancel(ctx), startTimeout)
	defer cancel()
	p, err := s.newProcess(making, request)
	if err != nil {
		return nil, fmt.Errorf("start a container of %s: %w", image.Name, explain(err))
	}
	if err := ctx.Err(); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

// explain adds what to do to an error of Docker's that does not say.
func explain(err error) error {
	if text := err.Error(); strings.Contains(text, "bind source path does not exist") {
		return fmt.Errorf("%w: the Docker daemon does not see this machine's files (is it remote, or is this a container?); run pyparity where the daemon runs, or set TMPDIR to a folder that both see", err)
	}
	return err
}

func (s *Session) request(image Image, hostname, binary string, files map[string]string, command []string) (testcontainers.ContainerRequest, error) {
	hosts, err := s.hostsFile(hostname)
	if err != nil {
		return testcontainers.ContainerRequest{}, err
	}
	info, err := os.Stat(binary)
	if err != nil {
		return testcontainers.ContainerRequest{}, fmt.Errorf("the executable for containers: %w", err)
	}
	// Without capabilities, root in the container is as anybody to this file.
	const forAll = fs.FileMode(0o005)
	if info.Mode().Perm()&forAll != forAll {
		return testcontainers.ContainerRequest{}, fmt.Errorf("the executable for containers: %s may not be read and run by all users (chmod a+rx it)", binary)
	}
	var mounts []mount.Mount
	all := map[string]string{
		insideBinary:     binary,
		insideAgent:      s.file("agent.py"),
		insideMicroAgent: s.file("micropython.py"),
		"/etc/hosts":     hosts,
	}
	for _, name := range resolverFiles {
		all["/etc/"+name] = s.file(name)
	}
	maps.Copy(all, files)
	for target, source := range all {
		mounts = append(mounts, mount.Mount{Type: mount.TypeBind, Source: source, Target: target, ReadOnly: true})
	}
	for _, folder := range s.options.Folders {
		mounts = append(mounts, mount.Mount{Type: mount.TypeBind, Source: folder, Target: folder})
	}
	return testcontainers.ContainerRequest{
		Image:      image.ID,
		Entrypoint: []string{insideBinary},
		Cmd:        append([]string{initCommand, "--"}, command...),
		Env:        map[string]string{"PYPARITY_CONTAINER": "1", "LANG": "C.UTF-8"},
		Labels:     map[string]string{ownerLabel: s.owner.String()},
		ConfigModifier: func(config *container.Config) {
			config.Hostname = hostname
			config.WorkingDir = "/tmp"
			// Once this process's end of standard input is closed, by Close or by a
			// kill, the container's is.
			config.OpenStdin, config.StdinOnce = true, true
			config.AttachStdin, config.AttachStdout, config.AttachStderr = true, true, true
		},
		HostConfigModifier: func(host *container.HostConfig) {
			confine(host)
			host.Mounts = mounts
		},
	}, nil
}

// confine sets what a container may do and use.
func confine(host *container.HostConfig) {
	processes := int64(processLimit)
	host.NetworkMode = "none"
	host.AutoRemove = true
	host.ReadonlyRootfs = true
	host.CapDrop = []string{"ALL"}
	host.SecurityOpt = []string{"no-new-privileges"}
	host.Tmpfs = map[string]string{"/tmp": temporaryLimit}
	host.PidsLimit = &processes
	host.Memory, host.MemorySwap = memoryLimit, memoryLimit
	host.Ulimits = []*container.Ulimit{
		{Name: "nofile", Soft: fileLimit, Hard: fileLimit},
		{Name: "core"},
	}
	host.Sysctls = map[string]string{
		"net.ipv6.conf.all.disable_ipv6": "0",
		// Root without capabilities may then bind port 53 for the DNS server, and a
		// behaviour any port.
		"net.ipv4.ip_unprivileged_port_start": "0",
	}
	// Docker would keep a copy of every line of the protocol.
	host.LogConfig = container.LogConfig{Type: "none"}
}
