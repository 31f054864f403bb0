package debian

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// A Deb is a .deb file, by its path.
type Deb string

var _ Package = Deb("")

// Debs makes packages of paths.
func Debs(paths []string) []Package {
	packages := make([]Package, len(paths))
	for i, path := range paths {
		packages[i] = Deb(path)
	}
	return packages
}

// Name is the file's name, which holds the package, its version and its
// architecture: "netbase_6.5_all.deb".
func (d Deb) Name() string { return filepath.Base(string(d)) }

// Version returns the version out of the file's name, "3.13.5-2".
func (d Deb) Version() string {
	parts := strings.Split(d.Name(), "_")
	if len(parts) < 3 {
		return ""
	}
	return strings.ReplaceAll(parts[1], "%3a", ":")
}

// Files runs dpkg-deb, which knows every compression that a .deb may have.
func (d Deb) Files(ctx context.Context) (io.ReadCloser, error) {
	cmd := exec.CommandContext(ctx, "dpkg-deb", "--fsys-tarfile", string(d))
	unpacking := &unpacking{cmd: cmd}
	cmd.Stderr = &unpacking.stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	unpacking.Reader = stdout
	return unpacking, nil
}

type unpacking struct {
	io.Reader
	cmd    *exec.Cmd
	stderr bytes.Buffer
}

// Close reads what padding is left, or dpkg-deb would complain of a broken
// pipe, and returns what dpkg-deb made of it.
func (u *unpacking) Close() error {
	_, _ = io.Copy(io.Discard, u.Reader) // Wait has the error
	if err := u.cmd.Wait(); err != nil {
		return fmt.Errorf("dpkg-deb: %w: %s", err, strings.TrimSpace(u.stderr.String()))
	}
	return nil
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
