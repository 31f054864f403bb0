package pyref

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

func TestMain(m *testing.M) {
	code := m.Run()
	if stubDir != "" {
		if err := os.RemoveAll(stubDir); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	os.Exit(code)
}

var stubDir string

// stubBinary builds the static program that stands for the pyparity command,
// once for all tests, and returns its path.
var stubBinary = sync.OnceValues(func() (string, error) {
	var err error
	if stubDir, err = os.MkdirTemp("", "pyref-test-"); err != nil {
		return "", err
	}
	path := filepath.Join(stubDir, "stub")
	build := exec.Command("go", "build", "-o", path, "./internal/stub")
	build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the stub: %w: %s", err, out)
	}
	return path, os.Chmod(path, 0o755)
})
