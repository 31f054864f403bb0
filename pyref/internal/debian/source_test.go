package debian

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseList(t *testing.T) {
	t.Parallel()
	got, err := ParseList(`
# deb http://commented.example/debian trixie main
deb http://mirror.example/debian trixie main contrib # with a comment
deb [ arch=amd64,arm64 signed-by=/k.gpg ] https://other.example/x bookworm main
deb-src http://mirror.example/debian trixie main
deb http://flat.example/repo ./
`)
	if err != nil {
		t.Fatal(err)
	}
	want := []Source{
		{[]string{"deb"}, []string{"http://mirror.example/debian"}, []string{"trixie"}, []string{"main", "contrib"}, map[string]string{}},
		{[]string{"deb"}, []string{"https://other.example/x"}, []string{"bookworm"}, []string{"main"},
			map[string]string{"Arch": "amd64 arm64", "Signed-By": "/k.gpg"}},
		{[]string{"deb-src"}, []string{"http://mirror.example/debian"}, []string{"trixie"}, []string{"main"}, map[string]string{}},
		{[]string{"deb"}, []string{"http://flat.example/repo"}, []string{"./"}, []string{}, map[string]string{}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestParseStanzas(t *testing.T) {
	t.Parallel()
	got, err := ParseStanzas(`Types: deb deb-src
# a comment within
URIs: http://mirror.example/debian
Suites: trixie trixie-updates
Components: main
signed-by:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abc
 -----END PGP PUBLIC KEY BLOCK-----

Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: trixie
Components: main


Types: deb
URIs: http://a.example
 http://b.example
Suites: sid
Components: main
`)
	if err != nil {
		t.Fatal(err)
	}
	key := "\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n abc\n -----END PGP PUBLIC KEY BLOCK-----"
	want := []Source{
		{[]string{"deb", "deb-src"}, []string{"http://mirror.example/debian"}, []string{"trixie", "trixie-updates"}, []string{"main"},
			map[string]string{"Signed-By": key}},
		{[]string{"deb"}, []string{"http://a.example", "http://b.example"}, []string{"sid"}, []string{"main"}, map[string]string{}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	// What is written is what was read: a key in place must survive.
	again, err := ParseStanzas(want[0].stanza())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want[:1], again); diff != "" {
		t.Errorf("written and read again (-want +got):\n%s", diff)
	}
}

func TestBadSourcesAreNamed(t *testing.T) {
	t.Parallel()
	for text, parse := range map[string]func(string) ([]Source, error){
		"\nrpm http://x.example y":        ParseList,
		"\ndeb [signed-by=/k http://x y":  ParseList,
		"\ndeb [arch] http://x.example y": ParseList,
		"\ndeb http://x.example":          ParseList,
		"\nTypes deb":                     ParseStanzas,
		"\n continued":                    ParseStanzas,
	} {
		if got, err := parse(text); err == nil || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("%q: %v, error %v, want one that names line 2", text, got, err)
		}
	}
}

func TestDebianIsToldFromOthers(t *testing.T) {
	t.Parallel()
	const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg"
	tests := map[string]struct {
		list string
		want []string // URIs
	}{
		"the archive and its security": {
			"deb [signed-by=" + keyring + "] http://m.example/debian bookworm main\n" +
				"deb [signed-by=" + keyring + "] http://m.example/debian-security bookworm-security main\n",
			[]string{"http://m.example/debian"},
		},
		"third parties that use Debian's names": {
			"deb http://apt.example/ bookworm main\ndeb https://dl.example/chrome/deb stable main\n" +
				"deb http://m.example/debian/ bookworm main non-free-firmware\n",
			[]string{"http://m.example/debian/"},
		},
		"a mirror at a path of its own, signed by Debian": {
			"deb http://m.example/debian bookworm main\ndeb [signed-by=" + keyring + "] http://cache.example/remote/deb bookworm main\n",
			[]string{"http://cache.example/remote/deb"},
		},
		"two mirrors": {
			"deb http://a.example/debian stable main\ndeb http://b.example/debian stable main\n",
			[]string{"http://a.example/debian", "http://b.example/debian"},
		},
		"a bare list":         {"deb http://m.example/deb trixie main\n", []string{"http://m.example/deb"}},
		"another system":      {"deb http://archive.example/ubuntu noble main\n", nil},
		"without main":        {"deb http://m.example/debian trixie contrib\n", nil},
		"sources only":        {"deb-src http://m.example/debian trixie main\n", nil},
		"a disc":              {"deb cdrom:[Debian]/ trixie main\n", nil},
		"a part of a project": {"deb http://pg.example/debian trixie-pgdg main\n", nil},
	}
	for name, test := range tests {
		sources, err := ParseList(test.list)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, s := range Debian(sources) {
			got = append(got, s.URIs...)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestReadSources(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"a.list":          "deb http://a.example/debian trixie main\n",
		"b.sources":       "Types: deb\nURIs: http://b.example/debian\nSuites: trixie\nComponents: main\n",
		"c.list.disabled": "not a list\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := readSources(filepath.Join(dir, "none.list"), dir)
	if err != nil || len(got) != 2 || got[0].URIs[0] != "http://a.example/debian" || got[1].URIs[0] != "http://b.example/debian" {
		t.Errorf("got %v, %v", got, err)
	}
	bad := filepath.Join(dir, "bad.list")
	if err := os.WriteFile(bad, []byte("nonsense\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := readSources("", dir); err == nil || !strings.Contains(err.Error(), bad) {
		t.Errorf("error %v, want one that names %s", err, bad)
	}
}

func TestTrusting(t *testing.T) {
	t.Parallel()
	all := func(string) bool { return true }
	none := func(string) bool { return false }
	tests := []struct {
		signed string
		exists func(string) bool
		want   string
	}{
		{"", all, ""},
		{"/one-release.gpg", all, "/one-release.gpg " + keyrings[0]},
		{"/one-release.gpg", none, "/one-release.gpg"},
		{keyrings[0], all, keyrings[0]},
		{"0123456789ABCDEF", all, "0123456789ABCDEF"},
		{"\n -----BEGIN PGP", all, "\n -----BEGIN PGP"},
	}
	for _, test := range tests {
		s := Source{Options: map[string]string{"Signed-By": test.signed}}
		if got := s.trusting(test.exists).Options["Signed-By"]; got != test.want {
			t.Errorf("%q: %q, want %q", test.signed, got, test.want)
		}
		if s.Options["Signed-By"] != test.signed {
			t.Error("the source itself was changed")
		}
	}
}

func TestAptConfTakesOnlyHowMirrorsAreReached(t *testing.T) {
	t.Parallel()
	conf := aptConf("/root", "amd64", `APT::Default-Release "bookworm";
Acquire::http::Proxy "http://proxy.example:3128";
Acquire::Check-Valid-Until "false";
Acquire::IndexTargets::deb::DEP-11 "";
Acquire::Languages:: "de";
DPkg::Post-Invoke:: "rm";
`)
	for _, want := range []string{`Acquire::http::Proxy "http://proxy.example:3128";`, `Acquire::Check-Valid-Until "false";`, `Dir::State::status "/root/status";`} {
		if !strings.Contains(conf, want+"\n") {
			t.Errorf("no line %s", want)
		}
	}
	for _, not := range []string{"Default-Release", "DEP-11", `"de"`, "Post-Invoke"} {
		if strings.Contains(conf, not) {
			t.Errorf("%s was taken over", not)
		}
	}
}
