package pyref

import (
	"bytes"
	"context"
	"debug/buildinfo"
	"debug/elf"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// command is the package of the pyparity command, which containers run as their
// first process and as the Go subject.
const command = "github.com/pyparity/pyparity/harness/cmd/pyparity"

// StaticBinary returns an executable of the pyparity command that runs in any
// image of this machine's architecture: this very process's, where it is the
// command and needs no dynamic loader; otherwise one that is built, which takes
// seconds unless Go's cache has it. Cleanup removes what was built; it is never
// nil.
func StaticBinary(ctx context.Context) (path string, cleanup func(), err error) {
	nothing := func() {}
	path, reason := runningCommand()
	if reason == nil {
		return path, nothing, nil
	}
	path, cleanup, err = buildCommand(ctx)
	if err != nil {
		return "", nothing, fmt.Errorf("containers need a static pyparity executable: %w, and one cannot be built: %w; "+
			"build the command with CGO_ENABLED=0 and run that", reason, err)
	}
	return path, cleanup, nil
}

// runningCommand returns this process's executable, or why it will not do.
func runningCommand() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	info, err := buildinfo.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("%s: %w", path, err)
	}
	if info.Path != command {
		return "", fmt.Errorf("this program is %s, not %s", info.Path, command)
	}
	return path, static(path)
}

// static returns nil where an executable needs no dynamic loader, which an image
// may lack or have in another version.
func static(path string) error {
	file, err := elf.Open(path)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	defer func() { _ = file.Close() }() // it was only read
	for _, segment := range file.Progs {
		if segment.Type == elf.PT_INTERP {
			return fmt.Errorf("%s is linked dynamically", path)
		}
	}
	return nil
}

// buildCommand builds the command where the go tool and the module's source are
// at hand: in the project's own module, and in one that requires it.
func buildCommand(ctx context.Context) (path string, cleanup func(), err error) {
	tool, err := exec.LookPath("go")
	if err != nil {
		return "", nil, errors.New("the go tool is not on the PATH")
	}
	owner, err := self()
	if err != nil {
		return "", nil, err
	}
	dir, err := owner.temporary("binary")
	if err != nil {
		return "", nil, err
	}
	cleanup = func() { _ = os.RemoveAll(dir) } // in the temporary directory, nothing more can be done
	path = filepath.Join(dir, "pyparity")
	build := exec.CommandContext(ctx, tool, "build", "-o", path, command)
	// GOFLAGS may ask for -race or -cover, which a static build cannot have.
	build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=")
	var printed bytes.Buffer
	build.Stdout, build.Stderr = &printed, &printed
	err = build.Run()
	if err == nil {
		err = os.Chmod(path, 0o755)
	} else if text := strings.TrimSpace(printed.String()); text != "" {
		err = errors.New(text)
	}
	if err != nil {
		cleanup()
		return "", nil, err
	}
	return path, cleanup, nil
}
