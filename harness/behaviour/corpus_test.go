package behaviour

import (
	"errors"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func smallCorpus(t *testing.T) *Corpus {
	t.Helper()
	def := func(name, more string) string {
		return "def " + name + "():\n    \"\"\"It does.\"\"\"\n" + more + "    1\n"
	}
	return load(t, map[string]string{
		"connect.py":  `"""A."""` + "\n" + def("refused", "") + def("timed_out", "    alias(\"connect.timeout\")\n    tags(\"slow\")\n"),
		"recv.py":     `"""B."""` + "\n" + def("refused", "") + def("at_the_end", ""),
		"recvfrom.py": `"""C."""` + "\n" + def("at_the_end", ""),
	})
}

func TestSelect(t *testing.T) {
	tests := []struct {
		patterns string
		want     string
	}{
		{"", "connect.refused connect.timed_out recv.refused recv.at_the_end recvfrom.at_the_end"},
		{"recv.refused", "recv.refused"},
		{"connect.timeout", "connect.timed_out"},
		{"recv", "recv.refused recv.at_the_end"},
		{"recv*", "recv.refused recv.at_the_end recvfrom.at_the_end"},
		{"*.refused", "connect.refused recv.refused"},
		{"recv.a*", "recv.at_the_end"},
		{"[cr]*.refused", "connect.refused recv.refused"},
		{"recv.refused connect recv.*", "connect.refused connect.timed_out recv.refused recv.at_the_end"},
	}
	c := smallCorpus(t)
	for _, tt := range tests {
		t.Run(tt.patterns, func(t *testing.T) {
			found, err := c.Select(strings.Fields(tt.patterns))
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, b := range found {
				ids = append(ids, b.ID)
			}
			if got := strings.Join(ids, " "); got != tt.want {
				t.Errorf("selected %q, want %q", got, tt.want)
			}
		})
	}
}

func TestSelectNamesWhatMatchesNothing(t *testing.T) {
	tests := []struct{ patterns, want string }{
		{"conect", `no behaviour of corpus is called "conect"; did you mean connect?`},
		{"recv.refuse", `no behaviour of corpus is called "recv.refuse"; did you mean recv.refused?`},
		{"send.at_the_end", `no behaviour of corpus is called "send.at_the_end"; did you mean recv.at_the_end?`},
		{"connect.timeou", `no behaviour of corpus is called "connect.timeou"; did you mean connect.timeout or connect.timed_out?`},
		{"zzz.*", `no behaviour of corpus is called "zzz.*"; give an id, a file's name or a glob such as "connect.*"`},
		{"recv recv.[", `the pattern "recv.[" is not a glob; brackets and backslashes have to be complete`},
		{"zzz yyy", "no behaviour of corpus is called \"zzz\"; give an id, a file's name or a glob such as \"connect.*\"\n" +
			`no behaviour of corpus is called "yyy"; give an id, a file's name or a glob such as "connect.*"`},
	}
	c := smallCorpus(t)
	for _, tt := range tests {
		t.Run(tt.patterns, func(t *testing.T) {
			found, err := c.Select(strings.Fields(tt.patterns))
			if err == nil || err.Error() != tt.want {
				t.Errorf("got %d and error\n%v\nwant\n%s", len(found), err, tt.want)
			}
			if _, ok := errors.AsType[*NoMatchError](err); !ok {
				t.Error("no NoMatchError in it")
			}
		})
	}
}

func TestLookup(t *testing.T) {
	c := smallCorpus(t)
	for name, want := range map[string]string{"recv.refused": "recv.refused", "connect.timeout": "connect.timed_out"} {
		if b, ok := c.Lookup(name); !ok || b.ID != want {
			t.Errorf("Lookup(%q) = %v, %v", name, b, ok)
		}
	}
	if _, ok := c.Lookup("recv"); ok {
		t.Error("Lookup found a file")
	}
}

func TestFilter(t *testing.T) {
	c := smallCorpus(t)
	tests := []struct {
		filter string
		want   int
	}{
		{"", 5}, {"  ", 5}, {"slow", 1}, {"connect && !slow", 1}, {"SLOW || recv", 3}, {"/^recv/", 3}, {"3.13", 0},
	}
	for _, tt := range tests {
		t.Run(tt.filter, func(t *testing.T) {
			filter, err := ParseFilter(tt.filter)
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for _, b := range c.Behaviours {
				if filter(b.Labels()) {
					n++
				}
			}
			if n != tt.want {
				t.Errorf("%d pass, want %d", n, tt.want)
			}
		})
	}
}

func TestFilterErrors(t *testing.T) {
	for text, want := range map[string]string{
		"a &&":  `the filter "a &&" cannot be read: Unexpected EOF.; write labels`,
		"a & b": `the filter "a & b" cannot be read: Invalid token '&'.  Did you mean '&&'?; write labels`,
		"(a":    `the filter "(a" cannot be read: Mismatched '('`,
		"/(/":   `the filter "/(/" cannot be read: RegExp compilation error`,
	} {
		_, err := ParseFilter(text)
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("error %v, want %s…", err, want)
		}
	}
}

func TestHash(t *testing.T) {
	base := func() *Behaviour {
		return &Behaviour{
			ID: "a.b", Modules: []string{"socket"},
			Requires: []Requirement{{Capability: "ipv4"}, {Op: ">=", Version: "3.12"}},
			Steps:    []Step{{Text: "s = 1"}, {Text: "s", Lasts: &Bounds{time.Second, 1500 * time.Millisecond}}},
		}
	}
	// Recordings carry this: a change here makes all of them stale.
	const want = "e5dc6aca40cf4001ae10535671cbff65604503ceacc7ff0cebdac42f48210017"
	if got := base().Hash(); got != want {
		t.Errorf("Hash() = %s, want %s", got, want)
	}
	same := map[string]func(b *Behaviour){
		"id":                    func(b *Behaviour) { b.ID = "c.d" },
		"sentence":              func(b *Behaviour) { b.Sentence = "Other." },
		"tags":                  func(b *Behaviour) { b.Tags = []string{"slow"} },
		"line":                  func(b *Behaviour) { b.Steps[0].Line = 7 },
		"order of requirements": func(b *Behaviour) { slices.Reverse(b.Requires) },
		"repeated requirement":  func(b *Behaviour) { b.Requires = append(b.Requires, b.Requires[0]) },
	}
	for name, change := range same {
		b := base()
		if change(b); b.Hash() != want {
			t.Errorf("the hash depends on the %s", name)
		}
	}
	other := map[string]func(b *Behaviour){
		"text":         func(b *Behaviour) { b.Steps[0].Text = "s = 2" },
		"order":        func(b *Behaviour) { slices.Reverse(b.Steps) },
		"joined steps": func(b *Behaviour) { b.Steps = []Step{{Text: "s = 1s"}} },
		"bounds":       func(b *Behaviour) { b.Steps[1].Lasts.Max = time.Second },
		"no bounds":    func(b *Behaviour) { b.Steps[1].Lasts = nil },
		"requirements": func(b *Behaviour) { b.Requires = b.Requires[:1] },
		"modules":      func(b *Behaviour) { b.Modules = []string{"math"} },
	}
	for name, change := range other {
		b := base()
		if change(b); b.Hash() == want {
			t.Errorf("the hash does not depend on the %s", name)
		}
	}
	if (&Behaviour{}).Hash() != (&Behaviour{Modules: []string{}, Steps: []Step{}}).Hash() {
		t.Error("the hash tells nil from empty")
	}
}

func TestRequirementMet(t *testing.T) {
	tests := []struct {
		requirement string
		python      string
		want        bool
		reason      string
	}{
		{"ipv4", "3.13", true, ""},
		{"family:unix", "3.13", true, ""},
		{"root", "3.13", false, "needs root"},
		{"python>=3.12", "3.12", true, ""},
		{"python>=3.12", "3.13.5", true, ""},
		{"python>=3.12", "3.9", false, "needs python>=3.12, this is 3.9"},
		{"python < 3.13", "3.9", true, ""},
		{"python<3.13", "3.13.1", false, "needs python<3.13, this is 3.13.1"},
		{"python>3.9", "3.11", true, ""},
		{"python>3.9", "3.9.2", false, "needs python>3.9, this is 3.9.2"},
		{"python<=3.9", "3.9.2", true, ""},
		{"python<=3.9", "3.10", false, "needs python<=3.9, this is 3.10"},
		{"python==3.9", "3.9.2", true, ""},
		{"python==3.9", "3.10", false, "needs python==3.9, this is 3.10"},
		{"python!=3.9", "4.0", true, ""},
		{"python!=3.9", "3.9", false, "needs python!=3.9, this is 3.9"},
		{"python>=3.9", "three", false, `needs python>=3.9, and "three" is not a version of Python`},
		{"python>=3.9", "", false, `needs python>=3.9, and "" is not a version of Python`},
	}
	for _, tt := range tests {
		t.Run(tt.requirement+" on "+tt.python, func(t *testing.T) {
			r, err := ParseRequirement(tt.requirement)
			if err != nil {
				t.Fatal(err)
			}
			ok, reason := r.Met([]string{"ipv4", "family:unix"}, tt.python)
			if ok != tt.want || reason != tt.reason {
				t.Errorf("Met() = %v, %q, want %v, %q", ok, reason, tt.want, tt.reason)
			}
		})
	}
}

func TestRequirementsThatNobodyParsed(t *testing.T) {
	for reason, r := range map[string]Requirement{
		`needs python>=x, and "x" is not a version of Python`:         {Op: ">=", Version: "x"},
		"needs python~3.9, this is 3.13":                              {Op: "~", Version: "3.9"},
		"needs python>=3.-1, and \"3.-1\" is not a version of Python": {Op: ">=", Version: "3.-1"},
	} {
		if ok, got := r.Met(nil, "3.13"); ok || got != reason {
			t.Errorf("Met() = %v, %q, want %q", ok, got, reason)
		}
	}
}

func TestParseRequirementErrors(t *testing.T) {
	for _, text := range []string{"", "IPv4", "family:", "family:AF_UNIX", "python", "python>=3", "python=>3.1", "python>=3.12.1", "python>=3.x", "python>=99999.1"} {
		if r, err := ParseRequirement(text); err == nil {
			t.Errorf("ParseRequirement(%q) = %v", text, r)
		}
	}
}

func TestTheManualNamesEverythingThatStepsCanUse(t *testing.T) {
	manual, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	words := map[string]bool{}
	for _, word := range strings.FieldsFunc(string(manual), func(r rune) bool { return strings.ContainsRune(" \t\n(),\"/", r) }) {
		words[word] = true
	}
	names := append(Builtins(), slices.Collect(maps.Keys(directives))...)
	for observer, offers := range Observers() {
		for _, name := range offers {
			names = append(names, observer+"."+name)
		}
		if offers == nil {
			names = append(names, observer)
		}
	}
	for _, name := range names {
		if !words[name] {
			t.Errorf("doc.go does not name %s", name)
		}
	}
	for _, c := range capabilities {
		if !words[c] {
			t.Errorf("doc.go does not name the capability %s", c)
		}
	}
}

func TestTheReferenceHasTheSameBuiltins(t *testing.T) {
	agent, err := os.ReadFile("../../pyref/agent.py")
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(string(agent), `BUILTINS = """`)
	list, _, found := strings.Cut(list, `"""`)
	if !found {
		t.Fatal("the agent has no list of builtins any more")
	}
	ours := slices.DeleteFunc(Builtins(), func(name string) bool {
		return slices.Contains([]string{"None", "True", "False", "spawn", "join", "tmp", "open"}, name)
	})
	theirs := slices.DeleteFunc(strings.Fields(list), func(name string) bool { return strings.HasPrefix(name, "__") })
	slices.Sort(theirs)
	if diff := cmp.Diff(theirs, ours); diff != "" {
		t.Error(diff)
	}
}

func TestListsCannotBeChangedFromOutside(t *testing.T) {
	Builtins()[0] = "changed"
	Observers()["os"][0] = "changed"
	if slices.Contains(Builtins(), "changed") || slices.Contains(Observers()["os"], "changed") {
		t.Error("a caller changed the package's own list")
	}
	if !slices.IsSorted(Builtins()) || !cmp.Equal(Observers()["gc"], []string{"collect"}) {
		t.Errorf("Builtins() = %q, gc %q", Builtins(), Observers()["gc"])
	}
}
