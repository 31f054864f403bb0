package debian

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/pyparity/pyparity/pyref/base/process"
)

// output runs a tool in English and returns its standard output. An error
// holds what the tool printed, since that is what a person can act on.
func output(ctx context.Context, env []string, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(append(os.Environ(), "LC_ALL=C", "LANGUAGE="), env...)
	// apt fetches in children of its own: they end with it.
	process.OwnGroup(cmd)
	cmd.Cancel = func() error { return process.KillGroup(cmd) }
	cmd.WaitDelay = time.Second
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		return "", &toolError{tool: name, printed: strings.TrimSpace(stderr.String()), progress: stdout.String(), err: err}
	}
	return stdout.String(), nil
}

// A toolError is a tool that ended with an error, and what it said.
type toolError struct {
	tool     string
	printed  string // on standard error
	progress string // on standard output
	err      error
}

func (e *toolError) Error() string {
	if e.printed == "" {
		return fmt.Sprintf("%s: %v", e.tool, e.err)
	}
	return fmt.Sprintf("%s: %s", e.tool, e.printed)
}

func (e *toolError) Unwrap() error { return e.err }
