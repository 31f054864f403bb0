package reports

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestBesideFiles(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write(UpstreamFile, "{\n \"python\": \"3.9\"\n}\n{\"python\": \"3.13\"}\n")
	write(AuditFile, `{ "total": 1 }`)
	other := write("other.json", `{"total": 2}`)
	found, err := BesideFiles{Audit: other}.BesideIn(dir).Read(Beside{Surface: []byte("[1]")})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ what, got, want string }{
		{"upstream", string(found.Upstream), `[{"python":"3.9"},{"python":"3.13"}]`},
		{"audit", string(found.Audit), `{"total":2}`},
		{"surface", string(found.Surface), `[1]`},
	} {
		if tt.got != tt.want {
			t.Errorf("%s is %s, want %s", tt.what, tt.got, tt.want)
		}
	}
	for _, bad := range []string{"", "{", "5", `"text"`, "null"} {
		name := write("bad.json", bad)
		if _, err := (BesideFiles{Audit: name}).Read(Beside{}); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if _, err := (BesideFiles{Audit: filepath.Join(dir, "none.json")}).Read(Beside{}); err == nil {
		t.Error("a file that is not there")
	}
}
