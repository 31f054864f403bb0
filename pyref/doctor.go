package pyref

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"strings"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/client"

	"github.com/pyparity/pyparity/pyref/internal/debian"
)

// A Check is something that a live run needs, and how this machine stands to it.
type Check struct {
	Name   string `json:"name"`
	OK     bool   `json:"ok"`
	Detail string `json:"detail"` // what was found
	Remedy string `json:"remedy"` // what to do about it; empty where there is nothing to do
}

// Doctor looks at what live runs need: Docker, an image for each Python or what
// it takes to get one, and the executable that containers run. It changes
// nothing, and asks no registry and no mirror.
func Doctor(ctx context.Context, options Options) []Check {
	s, err := connected(ctx, options)
	apt := checkApt(ctx)
	checks := []Check{checkDocker(ctx, s, err), apt, checkBinary(options)}
	if err != nil {
		return checks
	}
	defer func() { _ = s.provider.Close() }() // nothing was begun
	for _, r := range recipes {
		checks = append(checks, s.checkImage(ctx, r, apt.OK))
	}
	return checks
}

func checkDocker(ctx context.Context, s *Session, err error) Check {
	check := Check{Name: "Docker"}
	if err != nil {
		check.Detail = oneLine(err.Error())
		if none, ok := errors.AsType[*NoDockerError](err); ok {
			check.Detail, check.Remedy = "no daemon answers: "+oneLine(none.Err.Error()), none.Remedy()
		}
		return check
	}
	version, err := s.docker.ServerVersion(ctx, client.ServerVersionOptions{})
	if err != nil {
		check.Detail = oneLine(err.Error())
		return check
	}
	check.Detail = fmt.Sprintf("%s (API %s, %s/%s) at %s", version.Version, s.docker.ClientVersion(), version.Os, version.Arch, s.docker.DaemonHost())
	check.OK = version.Os == "linux" && version.Arch == runtime.GOARCH
	if !check.OK {
		check.Remedy = fmt.Sprintf("use a daemon that runs linux/%s containers, as this executable is made for (DOCKER_HOST chooses it)", runtime.GOARCH)
	}
	return check
}

func checkApt(ctx context.Context) Check {
	check := Check{Name: "Debian packages"}
	mirrors, err := debian.Mirrors(ctx)
	switch {
	case errors.Is(err, debian.ErrNoMirror):
		check.Remedy = "add a source for Debian to /etc/apt/sources.list.d, or use an image of Python (" + imageVariable("X.Y") + " names one)"
	case err != nil:
		check.Remedy = "use an image of Python: docker pull python:X.Y-slim, or name one in " + imageVariable("X.Y")
	}
	if err != nil {
		check.Detail = oneLine(err.Error())
		return check
	}
	check.OK = true
	check.Detail = "apt-get and dpkg-deb are here, and Debian is at " + strings.Join(mirrors[0].URIs, " ")
	return check
}

func checkBinary(options Options) Check {
	check := Check{Name: "Static executable", OK: true}
	if options.Binary != "" {
		check.Detail = options.Binary
		return check
	}
	path, reason := runningCommand()
	if reason == nil {
		check.Detail = path
		return check
	}
	if _, err := exec.LookPath("go"); err == nil {
		check.Detail = "built when it is needed, since " + reason.Error()
		return check
	}
	check.OK = false
	check.Detail = reason.Error() + ", and the go tool is not here to build one"
	check.Remedy = "build the pyparity command with CGO_ENABLED=0 and run that"
	return check
}

func (s *Session) checkImage(ctx context.Context, r recipe, buildable bool) Check {
	check := Check{Name: "Python " + r.python}
	var image Image
	var err error
	if name := s.options.Images[r.python]; name != "" {
		image, err = s.inspect(ctx, name)
		image.Obtained = "given by the user"
	} else {
		image, err = s.here(r).take(ctx)
	}
	missing := errdefs.IsNotFound(err) || errors.As(err, new(noneError))
	switch {
	case err == nil:
		check.OK = true
		check.Detail = fmt.Sprintf("%s, %s", image.Name, image.Obtained)
	case missing && s.options.Images[r.python] != "":
		check.Detail = "the image that was given, " + s.options.Images[r.python] + ", is not here"
		check.Remedy = "docker pull " + s.options.Images[r.python] + ", or unset " + imageVariable(r.python)
	case missing && buildable:
		check.OK = true
		check.Detail = fmt.Sprintf("no image yet: the first run pulls %s or builds one from Debian packages (%s)", r.official(), strings.Join(r.suites, ", then "))
	case missing:
		check.Detail = "no image"
		check.Remedy = fmt.Sprintf("docker pull %s, or name an image in %s", r.official(), imageVariable(r.python))
	default:
		check.Detail = oneLine(err.Error())
	}
	return check
}
