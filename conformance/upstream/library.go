package upstream

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// extension is the package of the library.
const extension = "github.com/pyparity/pyparity/impl/pyext"

// Build builds the port as an extension module of CPython, below dir, and returns
// its path. It takes the go tool, the project's source and a C compiler.
func Build(ctx context.Context, dir string) (string, error) {
	path := filepath.Join(dir, "_socket.so")
	cmd := exec.CommandContext(ctx, "go", "build", "-buildmode=c-shared", "-trimpath", "-o", path, extension)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=1")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("build the port as an extension module (go build -buildmode=c-shared %s, which needs the project's source and a C compiler): %w: %s",
			extension, err, strings.TrimSpace(stderr.String()))
	}
	// Containers read it as another user.
	return path, os.Chmod(path, 0o755)
}
