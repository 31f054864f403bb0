package reports

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestWriteDir(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	r := FromRun(fakeRun(ModeLive, "3.13"))
	for range 2 { // the second time over the first
		if err := WriteDir(dir, r, nil); err != nil {
			t.Fatal(err)
		}
		if got := names(t, dir); !slices.Equal(got, []string{BadgeFile, HTMLFile, JUnitFile, CSVFile, JSONFile, MarkdownFile}) {
			t.Errorf("the files are %v", got)
		}
	}
	f, err := os.Open(filepath.Join(dir, JSONFile))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got, err := Decode(f); err != nil || len(got.Behaviours) != len(r.Behaviours) {
		t.Errorf("report.json: %v", err)
	}
	info, err := f.Stat()
	if err != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestDirThatCannotBeWritten(t *testing.T) {
	root := t.TempDir()
	file := filepath.Join(root, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	occupied := filepath.Join(root, "occupied")
	if err := os.MkdirAll(filepath.Join(occupied, HTMLFile), 0o777); err != nil {
		t.Fatal(err)
	}
	r := FromRun(fakeRun(ModeLive, "3.13"))
	for _, dir := range []string{file, filepath.Join(file, "below"), occupied} {
		for name, try := range map[string]func() error{
			"CheckDir": func() error { return CheckDir(dir) },
			"WriteDir": func() error { return WriteDir(dir, r, nil) },
		} {
			if err := try(); err == nil || !strings.Contains(err.Error(), dir) {
				t.Errorf("%s(%s): %v, want an error that names it", name, dir, err)
			}
		}
	}
	if got := names(t, root); !slices.Equal(got, []string{"file", "occupied"}) {
		t.Errorf("what is left: %v", got)
	}
	if got := names(t, occupied); !slices.Equal(got, []string{HTMLFile}) {
		t.Errorf("what is left: %v", got)
	}
}

func TestCheckDirLeavesNothingBehind(t *testing.T) {
	root := t.TempDir()
	for _, dir := range []string{root, filepath.Join(root, "a", "b")} {
		if err := CheckDir(dir); err != nil {
			t.Error(err)
		}
	}
	if got := names(t, root); len(got) != 0 {
		t.Errorf("what is left: %v", got)
	}
}

func TestAFileThatCannotBeRenderedLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	failure := errors.New("no more paper")
	name, err := writeTemp(dir, JSONFile, func(w io.Writer) error {
		if _, err := io.WriteString(w, "half"); err != nil {
			return err
		}
		return failure
	})
	if !errors.Is(err, failure) {
		t.Errorf("the error is %v", err)
	}
	if got := names(t, dir); len(got) != 1 || filepath.Join(dir, got[0]) != name {
		t.Errorf("%v is there, the name is %s", got, name)
	}
}
