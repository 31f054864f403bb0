package known

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/pyparity/pyparity/harness/contract"
)

const file = `{
  "$schema": "known.schema.json",
  "known": [
    {
      "id": "connect.refused_*",
      "subject": "go*",
      "python": ["3.13", "3.14"],
      "facet": "errno",
      "want": "111",
      "got": "113",
      "reason": "the kernel says so",
      "link": "https://example.org/why"
    },
    {
      "id": "recv.at_the_end", "subject": "*", "facet": "text",
      "want": "'fd=⟨1⟩ (x)'", "got": "'<fd=⟨*⟩ (x)>'",
      "reason": "r", "link": "http://example.org"
    }
  ]
}
`

func load(t *testing.T, text string) *Set {
	t.Helper()
	s, err := Load([]byte(text), "known.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestLoad(t *testing.T) {
	s := load(t, file)
	want := []Entry{
		{"connect.refused_*", "go*", []string{"3.13", "3.14"}, contract.FacetErrno, "111", "113", "the kernel says so", "https://example.org/why"},
		{"recv.at_the_end", "*", nil, contract.FacetText, "'fd=⟨1⟩ (x)'", "'<fd=⟨*⟩ (x)>'", "r", "http://example.org"},
	}
	if diff := cmp.Diff(want, s.Entries); diff != "" {
		t.Error(diff)
	}
	for i, want := range []string{"known.json:4", "known.json:14"} {
		if got := s.Place(&s.Entries[i]); got != want {
			t.Errorf("entry %d at %s, want %s", i, got, want)
		}
	}
	if got := s.Place(&Entry{}); got != "known.json" {
		t.Errorf("a foreign entry at %s", got)
	}
	if s := load(t, `{"known": []}`); len(s.Entries) != 0 {
		t.Errorf("entries %v", s.Entries)
	}
}

func TestLoadErrors(t *testing.T) {
	// entry is a file with one entry, of which one field is another.
	entry := func(old, other string) string {
		const good = `{"known": [
  {"id": "a.b", "subject": "go", "facet": "errno", "want": "1", "got": "2", "reason": "r", "link": "https://e.org"}
]}`
		return strings.Replace(good, old, other, 1)
	}
	tests := []struct {
		name, text string
		want       []string // the start of each line
	}{
		{"empty", "", []string{"known.json:1: known: it is not JSON: it ends too early"}},
		{"no JSON", "known", []string{"known.json:1: known: it is not JSON: invalid character 'k'"}},
		{"a list", "\n[]", []string{`known.json:2: known: the file is not a JSON object; write {"known": [ … ]}`}},
		{"no entries", "{}", []string{`known.json:1: known: the field "known" is missing`}},
		{"entries that are no list", "{\n\"known\": {}}", []string{`known.json:2: known: "known" is not a list`}},
		{"twice", "{\"known\": [],\n\"known\": []}", []string{`known.json:2: known: the field "known" stands twice`}},
		{"unknown field", "{\"known\": [],\n\n\"unknown\": []}", []string{`known.json:3: known: unknown field; a file has "known"`}},
		{"schema that is no text", `{"$schema": 1}`, []string{"known.json:1: known: json: cannot unmarshal"}},
		{"cut off", "{\"known\": [\n", []string{"known.json:2: known: it is not JSON: it ends too early"}},
		{"cut off in an entry", "{\"known\": [\n{\"id\":", []string{"known.json:2: known: it is not JSON: it ends too early"}},
		{"missing comma", strings.Replace(entry("", ""), "]}", "{}]}", 1), []string{"known.json:3: known: it is not JSON: expected comma after array element"}},
		{"something more", "{\"known\": []}\n{}", []string{"known.json:2: known: something follows the end"}},
		{"something else more", "{\"known\": []}\nx", []string{"known.json:2: known: something follows the end"}},

		{"empty entry", "{\"known\": [\n{}]}", []string{
			`known.json:2: known: entry 1: "id" is missing; name a behaviour`,
			`known.json:2: known: entry 1: "subject" is missing`,
			`known.json:2: known: entry 1: "facet" is missing`,
			`known.json:2: known: entry 1: "want" is missing`,
			`known.json:2: known: entry 1: "got" is missing`,
			`known.json:2: known: entry 1: "reason" is missing; say why`,
			`known.json:2: known: entry 1: "link" is missing`,
		}},
		{"blank reason", entry(`"r"`, `" "`), []string{`known.json:2: known: entry 1: "reason" is missing`}},
		{"unknown field of an entry", entry(`"id"`, `"idd"`), []string{`known.json:2: known: entry 1: unknown field "idd"`}},
		{"field of another type", entry(`"go"`, `1`), []string{`known.json:2: known: entry 1: cannot unmarshal number into Go`}},
		{"bad glob", entry(`a.b`, `a.[`), []string{`known.json:2: known: entry 1: "id" is not a glob: "a.["`}},
		{"bad glob of subjects", entry(`go`, `[`), []string{`known.json:2: known: entry 1: "subject" is not a glob: "["`}},
		{"bad facet", entry(`errno`, `errnos`), []string{`known.json:2: known: entry 1: unknown facet "errnos"; use one of end, outcome, class, errno,`}},
		{"bad version", entry(`"facet"`, `"python": ["3", "3.13"], "facet"`), []string{`known.json:2: known: entry 1: "3" is not a version of Python`}},
		{"no difference", entry(`"2"`, `"1"`), []string{`known.json:2: known: entry 1: "want" and "got" are the same`}},
		{"bad link", entry(`https://e.org`, `see there`), []string{`known.json:2: known: entry 1: "see there" is not a web address`}},
		{"link to a file", entry(`https://e.org`, `file:///etc/passwd`), []string{`known.json:2: known: entry 1: "file:///etc/passwd" is not a web address`}},
		{"several entries", "{\"known\": [\n" + strings.TrimSuffix(strings.TrimPrefix(entry(`"r"`, `""`), "{\"known\": [\n"), "\n]}") + ",\n" +
			strings.TrimPrefix(entry("go", "["), "{\"known\": [\n"), []string{
			`known.json:2: known: entry 1: "reason" is missing`,
			`known.json:3: known: entry 2: "subject" is not a glob`,
		}},
		{"repeated entry", strings.Replace(file, `"known": [`, `"known": [`+strings.TrimSuffix(strings.TrimPrefix(entry("", ""), "{\"known\": ["), "]}")+
			","+strings.TrimSuffix(strings.TrimPrefix(entry("", ""), "{\"known\": ["), "]}")+",", 1), []string{
			`known.json:6: known: entry 2: it repeats entry 1; remove one`,
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := Load([]byte(tt.text), "known.json")
			if err == nil || s != nil {
				t.Fatalf("loaded %+v, error %v", s, err)
			}
			lines := strings.Split(err.Error(), "\n")
			if len(lines) != len(tt.want) {
				t.Fatalf("%d errors, want %d:\n%v", len(lines), len(tt.want), err)
			}
			for i, want := range tt.want {
				if !strings.HasPrefix(lines[i], want) {
					t.Errorf("error\n%s\nwant\n%s…", lines[i], want)
				}
			}
			if _, ok := errors.AsType[*Error](err); !ok {
				t.Errorf("no *Error in %v", err)
			}
		})
	}
}

func TestJudge(t *testing.T) {
	difference := func(facet contract.Facet, want, got string) contract.Difference {
		return contract.Difference{Step: 3, Facet: facet, Path: ".x", Want: want, Got: got}
	}
	errno := difference(contract.FacetErrno, "111", "113")
	text := difference(contract.FacetText, "'fd=⟨1⟩ (x)'", "'<fd=17 (x)>'")
	tests := []struct {
		name            string
		names           string
		subject, python string
		differences     []contract.Difference
		status          Status
		entry           int // its number, 0 for none
		undeclared      []contract.Difference
		hint            string
	}{
		{"no difference and no entry", "a.b", "go", "3.13", nil, Undeclared, 0, nil, ""},
		{"no entry", "a.b", "go", "3.13", []contract.Difference{errno}, Undeclared, 0, []contract.Difference{errno}, ""},
		{"declared", "connect.refused_x", "go", "3.13", []contract.Difference{errno}, Declared, 1, nil, ""},
		{"declared twice over", "connect.refused_x", "go-inprocess", "3.14", []contract.Difference{errno, errno}, Declared, 1, nil, ""},
		{"by an alias", "connect.new connect.refused_x", "go", "3.13", []contract.Difference{errno}, Declared, 1, nil, ""},
		{"another Python", "connect.refused_x", "go", "3.11", []contract.Difference{errno}, Undeclared, 0, []contract.Difference{errno}, ""},
		{"another subject", "connect.refused_x", "pypy", "3.13", []contract.Difference{errno}, Undeclared, 0, []contract.Difference{errno}, ""},
		{"any word", "recv.at_the_end", "pypy", "3.9", []contract.Difference{text}, Declared, 2, nil, ""},
		{"two words for one", "recv.at_the_end", "pypy", "3.9", []contract.Difference{difference(contract.FacetText, text.Want, "'<fd=1 7 (x)>'")}, Changed, 2, []contract.Difference{difference(contract.FacetText, text.Want, "'<fd=1 7 (x)>'")}, "known.json:14 declares for text want"},
		{"no word for one", "recv.at_the_end", "pypy", "3.9", []contract.Difference{difference(contract.FacetText, text.Want, "'<fd= (x)>'")}, Changed, 2, []contract.Difference{difference(contract.FacetText, text.Want, "'<fd= (x)>'")}, "known.json:14 declares for text want"},
		{"more around it", "recv.at_the_end", "pypy", "3.9", []contract.Difference{difference(contract.FacetText, text.Want, "b"+text.Got)}, Changed, 2, []contract.Difference{difference(contract.FacetText, text.Want, "b"+text.Got)}, "known.json:14 declares for text want"},
		{"gone", "connect.refused_x", "go", "3.13", nil, Gone, 1, nil, "known.json:4 declares a difference that is no longer there: remove the entry"},
		{"changed", "connect.refused_x", "go", "3.13", []contract.Difference{difference(contract.FacetErrno, "111", "9")}, Changed, 1, []contract.Difference{difference(contract.FacetErrno, "111", "9")}, "known.json:4 declares for errno want 111 and got 113, which has changed"},
		{"one more", "connect.refused_x", "go", "3.13", []contract.Difference{errno, text}, Changed, 1, []contract.Difference{text}, "known.json:4 covers the behaviour, but no entry declares this difference in text"},
		{"one of two gone", "connect.refused_x recv.at_the_end", "go", "3.13", []contract.Difference{errno}, Gone, 2, nil, "known.json:14 declares a difference that is no longer there"},
		{"both", "connect.refused_x recv.at_the_end", "go", "3.13", []contract.Difference{text, errno}, Declared, 2, nil, ""},
	}
	s := load(t, file)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := s.Judge(strings.Fields(tt.names), tt.subject, tt.python, tt.differences)
			want := Judgement{Status: tt.status, Undeclared: tt.undeclared}
			if tt.entry > 0 {
				want.Entry = &s.Entries[tt.entry-1]
			}
			if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(Judgement{}, "Hint")); diff != "" {
				t.Error(diff)
			}
			if !strings.HasPrefix(got.Hint, tt.hint) || (tt.hint == "") != (got.Hint == "") {
				t.Errorf("hint %q, want %q…", got.Hint, tt.hint)
			}
		})
	}
}

func TestANilSetDeclaresNothing(t *testing.T) {
	var s *Set
	d := []contract.Difference{{Facet: contract.FacetEnd}}
	if got := s.Judge([]string{"a.b"}, "go", "3.13", d); got.Status != Undeclared || len(got.Undeclared) != 1 {
		t.Errorf("Judge() = %+v", got)
	}
	if got := s.Unused(nil); got != nil {
		t.Errorf("Unused() = %v", got)
	}
}

func TestUnused(t *testing.T) {
	s := load(t, file)
	tests := []struct {
		names string
		want  []int
	}{
		{"connect.refused_x recv.at_the_end", nil},
		{"connect.refused_x", []int{1}},
		{"connect.refused", []int{0, 1}},
		{"", []int{0, 1}},
	}
	for _, tt := range tests {
		t.Run(tt.names, func(t *testing.T) {
			var want []*Entry
			for _, i := range tt.want {
				want = append(want, &s.Entries[i])
			}
			if diff := cmp.Diff(want, s.Unused(strings.Fields(tt.names))); diff != "" {
				t.Error(diff)
			}
		})
	}
}
