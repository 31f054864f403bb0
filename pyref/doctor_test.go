package pyref

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

func TestDoctor(t *testing.T) {
	t.Parallel()
	b := openBed(t)
	b.image(t, "3.13")
	checks := map[string]Check{}
	for _, check := range Doctor(t.Context(), Options{Binary: b.stub, Images: map[string]string{"3.9": "pyparity/none:none"}}) {
		if check.Detail == "" || !check.OK && check.Remedy == "" {
			t.Errorf("says too little: %+v", check)
		}
		checks[check.Name] = check
	}
	for name, want := range map[string]string{"Docker": "API 1.", "Python 3.13": "pyparity/cpython:3.13", "Static executable": b.stub} {
		if check := checks[name]; !check.OK || !strings.Contains(check.Detail, want) {
			t.Errorf("%s: %+v, want one with %q", name, check, want)
		}
	}
	if check := checks["Python 3.9"]; check.OK || !strings.Contains(check.Remedy, "docker pull pyparity/none:none") {
		t.Errorf("an image that was given and is not there: %+v", check)
	}
	if len(checks) != 3+len(Pythons()) {
		t.Errorf("%d checks: %v", len(checks), checks)
	}
}

// testcontainers looks for the daemon once in a process, so that this needs one
// of its own.
func TestWithoutDocker(t *testing.T) {
	if os.Getenv("PYREF_TEST_CHILD") == "" {
		child := exec.Command(os.Args[0], "-test.run=^TestWithoutDocker$", "-test.v")
		child.Env = append(os.Environ(), "PYREF_TEST_CHILD=1", "DOCKER_HOST=unix:///nowhere/docker.sock", "HOME="+t.TempDir())
		out, err := child.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return
	}
	s, err := Open(t.Context(), Options{})
	if err == nil {
		t.Fatalf("connected to %s", s.docker.DaemonHost())
	}
	if text := err.Error(); !strings.Contains(text, "no Docker daemon answers") || !strings.Contains(text, "docker.io") {
		t.Errorf("error: %s", text)
	}
	t.Log(err)
	checks := Doctor(t.Context(), Options{})
	if len(checks) != 3 || checks[0].OK || !strings.Contains(checks[0].Remedy, "docker.io") {
		t.Errorf("checks: %+v", checks)
	}
	if value, set := os.LookupEnv(noReaper); set {
		t.Errorf("%s=%s was left in the environment", noReaper, value)
	}
}
