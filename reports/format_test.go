package reports

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pyparity/pyparity/harness"
)

func written(t *testing.T, name string, r Report, base *Report) string {
	t.Helper()
	f, err := FormatNamed(name)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b, r, base); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestBadge(t *testing.T) {
	matching := harness.Run{Provenance: fakeProvenance(ModeLive, "3.13"), Results: []harness.Result{matching(refused("a", "connect"), "go", "3.13")}}
	cut := matching
	cut.Incomplete = "interrupted"
	for name, tt := range map[string]struct {
		run         harness.Run
		value, fill string
	}{
		"all green":      {matching, "100 %", "#187443"},
		"every verdict":  {fakeRun(ModeLive, "3.13"), "27.2 %", "#b3261e"},
		"incomplete":     {cut, "incomplete", "#6b6f78"},
		"nothing judged": {harness.Run{}, "nothing judged", "#6b6f78"},
	} {
		text := written(t, "badge", FromRun(tt.run), nil)
		var svg struct {
			Title string `xml:"title"`
		}
		if err := xml.Unmarshal([]byte(text), &svg); err != nil || svg.Title != "Python parity: "+tt.value || !strings.Contains(text, tt.fill) {
			t.Errorf("%s: %v %s", name, err, text)
		}
	}
}

func TestCSV(t *testing.T) {
	r := FromRun(fakeRun(ModeLive, "3.9", "3.13"))
	r.Behaviours[0].Results[0].Subject = "=cmd()"
	rows, err := csv.NewReader(strings.NewReader(written(t, "csv", r, nil))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1+3+2 || strings.Join(rows[0][:5], " ") != "area subject python match differ" {
		t.Fatalf("%d rows, the first is %v", len(rows), rows[0])
	}
	if got := strings.Join(rows[1][:4], " "); got != "connect '=cmd() 3.9 1" {
		t.Errorf("the first row is %s", got)
	}
	if got := strings.Join(rows[5][:4], " "); got != "values go 3.13 1" {
		t.Errorf("the last row is %s", got)
	}
}

func TestAnnotations(t *testing.T) {
	text := written(t, "annotations", FromRun(fakeRun(ModeLive, "3.9", "3.13")), nil)
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	want := "::error file=fixtures/behaviours/connect.py,line=11,title=connect.differ::go, Python 3.9, 3.13: differ: step 6, value: want 111, got 113"
	found := false
	for _, line := range lines {
		found = found || line == want
		if !strings.HasPrefix(line, "::error file=") && !strings.HasPrefix(line, "::notice file=") {
			t.Errorf("%q is no workflow command", line)
		}
		if strings.Contains(line, "connect.match") || strings.Contains(line, "connect.known") || strings.Contains(line, "connect.unsupported") {
			t.Errorf("%q is green", line)
		}
	}
	if !found || len(lines) != 8 {
		t.Errorf("%d lines:\n%s", len(lines), text)
	}
	older, newer := olderAndNewer()
	if text := written(t, "annotations", newer, &older); strings.Count(text, "\n") != 3 || !strings.Contains(text, "match → differ") {
		t.Errorf("what is worse than before:\n%s", text)
	}
}

func TestWriteFileReplacesAsAWhole(t *testing.T) {
	name := filepath.Join(t.TempDir(), "out.json")
	f, err := FormatNamed("json")
	if err != nil {
		t.Fatal(err)
	}
	r := FromRun(fakeRun(ModeLive, "3.13"))
	for range 2 {
		if err := WriteFile(name, f, r, nil); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := ReadFile(name); err != nil || len(got.Behaviours) != len(r.Behaviours) {
		t.Error(err)
	}
	f.write = func(w io.Writer, _ Report, _ *Report) error {
		_, err := w.Write([]byte("half"))
		if err == nil {
			err = os.ErrDeadlineExceeded
		}
		return err
	}
	if err := WriteFile(name, f, r, nil); err == nil || !strings.Contains(err.Error(), name) {
		t.Errorf("the error is %v", err)
	}
	if _, err := ReadFile(name); err != nil || len(names(t, filepath.Dir(name))) != 1 {
		t.Errorf("what was there is gone: %v", err)
	}
	if _, err := FormatNamed("pdf"); err == nil || !strings.Contains(err.Error(), "html") {
		t.Errorf("the error is %v", err)
	}
}

func TestReadFileSaysWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for name, want := range map[string]string{
		filepath.Join(dir, "nowhere"):        "no such file",
		dir:                                  "has no report.json",
		write("empty", ""):                   "JSON",
		write("packed", "\x1f\x8b\x08 nope"): "packed",
		write("other", `{"schema":"x"}`):     "not a pyparity-report",
	} {
		if _, err := ReadFile(name); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), dir) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
