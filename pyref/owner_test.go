package pyref

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/moby/moby/api/types/container"
)

func me(t *testing.T) owner {
	t.Helper()
	o, err := self()
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestFateOfAnOwner(t *testing.T) {
	t.Parallel()
	mine := me(t)
	read, ok := parseOwner(mine.String())
	if !ok || read != mine {
		t.Fatalf("%v was read as %v", mine, read)
	}
	reused, elsewhere, rebooted := mine, mine, mine
	reused.start += "0" // another process of the same number
	elsewhere.namespace = "1"
	rebooted.boot = "another"
	tests := map[string]struct {
		owner owner
		want  fate
	}{
		"itself":                   {mine, alive},
		"a number that was reused": {reused, gone},
		"another PID namespace":    {elsewhere, unknown},
		"another boot":             {rebooted, unknown},
	}
	for name, test := range tests {
		if got := mine.fateOf(test.owner); got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
	for _, text := range []string{"", "true", "a_b_c_d", "a_b_-1_d", "a_b_1"} {
		if o, ok := parseOwner(text); ok {
			t.Errorf("%q was taken for the owner %v", text, o)
		}
	}
}

func TestOnlyDirectoriesOfTheDeadAreSwept(t *testing.T) {
	mine := me(t)
	dead, foreign := mine, mine
	dead.start += "0"
	foreign.namespace = "1"
	parent := t.TempDir()
	t.Setenv("TMPDIR", parent)
	var paths []string
	for _, o := range []owner{mine, foreign, dead} {
		path, err := o.temporary("session")
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	other := filepath.Join(parent, "pyparity-of_some_other_kind-1-2")
	if err := os.Mkdir(other, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := (&Session{owner: mine}).sweepDirectories(parent); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{paths[0]: true, paths[1]: true, paths[2]: false, other: true} {
		if _, err := os.Stat(path); (err == nil) != want {
			t.Errorf("%s: there is %v, want there %v", filepath.Base(path), err == nil, want)
		}
	}
}

func TestAbandonedContainers(t *testing.T) {
	t.Parallel()
	mine := me(t)
	dead, foreign := mine, mine
	dead.start += "0"
	foreign.namespace = "1"
	now := time.Now()
	tests := map[string]struct {
		owner string
		state container.ContainerState
		age   time.Duration
		want  bool
	}{
		"ours":                        {mine.String(), container.StateCreated, 2 * forgotten, false},
		"a dead process's":            {dead.String(), container.StateRunning, 0, true},
		"out of sight, just made":     {foreign.String(), container.StateCreated, 0, false},
		"out of sight, never started": {foreign.String(), container.StateCreated, 2 * forgotten, true},
		"out of sight, running":       {foreign.String(), container.StateRunning, 2 * forgotten, false},
		"nobody's":                    {"", container.StateCreated, 2 * forgotten, false},
	}
	s := &Session{owner: mine}
	for name, test := range tests {
		c := container.Summary{Labels: map[string]string{ownerLabel: test.owner}, State: test.state, Created: now.Add(-test.age).Unix()}
		if got := s.abandoned(c, now); got != test.want {
			t.Errorf("%s: abandoned %v, want %v", name, got, test.want)
		}
	}
}
