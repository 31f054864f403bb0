package debian

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// fakeApt puts tools of apt's names first on the PATH. Each is a shell script.
func fakeApt(t *testing.T, scripts map[string]string) {
	t.Helper()
	dir := t.TempDir()
	for _, tool := range []string{"apt-get", "apt-cache", "apt-config", "dpkg", "dpkg-deb"} {
		script := "#!/bin/sh\n" + scripts[tool] + "\n"
		if err := os.WriteFile(filepath.Join(dir, tool), []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
}

var mirror = []Source{{URIs: []string{"http://m.example/debian"}, Options: map[string]string{}}}

func TestWhatTheArchiveLacksIsMissing(t *testing.T) {
	const noRelease = `echo "E: The repository 'http://m.example/debian sid Release' does not have a Release file." >&2; exit 100`
	tests := map[string]struct {
		update, cache, install string
		missing                *MissingError
	}{
		"no such suite":            {`echo "Err:2 http://m.example/debian sid Release"; echo "  404  Not Found [IP: 192.0.2.1 80]"; ` + noRelease, "", "", &MissingError{Suite: "sid"}},
		"a suite that is refused":  {`echo "Err:2 http://m.example/debian sid Release"; echo "  403  Forbidden"; ` + noRelease, "", "", nil},
		"no answer":                {`echo "E: Failed to fetch http://m.example/debian/dists/sid/InRelease  Could not resolve 'm.example'" >&2; exit 100`, "", "", nil},
		"no such package":          {"", "echo python3.13-minimal", "", &MissingError{Suite: "sid", Package: "python3.13"}},
		"a name without versions":  {"", "echo python3.13", `echo "E: Package 'python3.13' has no installation candidate" >&2; exit 100`, &MissingError{Suite: "sid", Package: "python3.13"}},
		"what cannot be installed": {"", "echo python3.13", `echo "E: Unable to correct problems, you have held broken packages." >&2; exit 100`, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			fakeApt(t, map[string]string{
				"apt-get":   fmt.Sprintf("case \"$*\" in *update*) %s true;; *install*) %s true;; esac", semicolon(test.update), semicolon(test.install)),
				"apt-cache": test.cache,
				"dpkg":      "echo amd64",
			})
			_, err := Download(t.Context(), t.TempDir(), mirror, "sid", "python3.13")
			missing, is := errors.AsType[*MissingError](err)
			switch {
			case err == nil:
				t.Error("no error")
			case test.missing == nil && is:
				t.Errorf("a failure was taken for something missing: %v", err)
			case test.missing != nil && (!is || *missing != *test.missing):
				t.Errorf("error %v, want %v", err, test.missing)
			}
		})
	}
}

func semicolon(command string) string {
	if command == "" {
		return ""
	}
	return command + ";"
}

func TestDownloadReturnsThePackages(t *testing.T) {
	fakeApt(t, map[string]string{
		"apt-get":   `root=$(dirname "$APT_CONFIG"); case "$*" in *install*) touch "$root/cache/archives/b_1_all.deb" "$root/cache/archives/a_1_all.deb";; esac`,
		"apt-cache": "echo a",
		"dpkg":      "echo amd64",
	})
	dir := t.TempDir()
	debs, err := Download(t.Context(), dir, mirror, "sid", "a")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{filepath.Join(dir, "0/cache/archives/a_1_all.deb"), filepath.Join(dir, "0/cache/archives/b_1_all.deb")}
	if fmt.Sprint(debs) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", debs, want)
	}
}

// A download that is called off ends at once, and takes apt's children with it.
func TestDownloadIsCancelled(t *testing.T) {
	fakeApt(t, map[string]string{"apt-get": "sleep 1000 & wait", "dpkg": "echo amd64"})
	ctx, cancel := context.WithCancel(t.Context())
	dir := t.TempDir()
	done := make(chan error)
	go func() {
		_, err := Download(ctx, dir, mirror, "sid", "a")
		done <- err
	}()
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestMirrorsWithoutApt(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := Mirrors(t.Context()); !errors.Is(err, ErrNoApt) {
		t.Errorf("error %v", err)
	}
}

func TestMirrorsOfAMachine(t *testing.T) {
	etc := t.TempDir()
	if err := os.WriteFile(filepath.Join(etc, "x.list"), []byte("deb http://m.example/debian trixie main\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	fakeApt(t, map[string]string{"apt-config": fmt.Sprintf("echo \"LIST='%s/none'\"; echo \"PARTS='%s/'\"", etc, etc)})
	mirrors, err := Mirrors(t.Context())
	if err != nil || len(mirrors) != 1 || mirrors[0].URIs[0] != "http://m.example/debian" {
		t.Errorf("got %v, %v", mirrors, err)
	}
	if err := os.Remove(filepath.Join(etc, "x.list")); err != nil {
		t.Fatal(err)
	}
	if _, err := Mirrors(t.Context()); !errors.Is(err, ErrNoMirror) {
		t.Errorf("without sources: error %v", err)
	}
}
