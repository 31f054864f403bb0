package pyref

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestStaticBinaryIsBuilt(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the command")
	}
	t.Setenv("TMPDIR", t.TempDir())
	t.Setenv("GOFLAGS", "-race") // would need cgo
	path, cleanup, err := StaticBinary(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := static(path); err != nil {
		t.Error(err)
	}
	if out, err := exec.Command(path, "--help").CombinedOutput(); err != nil || !strings.Contains(string(out), "pyparity") {
		t.Errorf("it does not run: %v: %s", err, out)
	}
	cleanup()
	if left, err := os.ReadDir(os.Getenv("TMPDIR")); err != nil || len(left) > 0 {
		t.Errorf("left in the temporary directory: %v, %v", left, err)
	}
}

func TestStaticBinaryCannotBeHad(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, cleanup, err := StaticBinary(t.Context())
	if err == nil {
		t.Fatal("it was had")
	}
	cleanup()
	for _, want := range []string{"go tool", "CGO_ENABLED=0"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not speak of %s", err, want)
		}
	}
}

func TestStatic(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Fatal(err)
	}
	text := filepath.Join(t.TempDir(), "text")
	if err := os.WriteFile(text, []byte("#!/bin/sh\n: not a program of the kind that is looked for\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{shell: "dynamically", text: "bad magic", text + ".none": "no such file"} {
		if err := static(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want one with %q", path, err, want)
		}
	}
}
