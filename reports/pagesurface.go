package reports

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/pyparity/pyparity/harness/trace"
)

// A pageName is a public name of the module, as 'pyparity surface --json' lists
// it.
type pageName struct {
	Name string `json:"python"` // "socket.htons", "socket.socket.recv"
	Kind string `json:"kind"`
	Go   string `json:"go"` // empty where there is none
	File string `json:"file"`
}

// surfaceOf reads the list of names: one, or one for each of several Pythons, of
// which the first that has a name tells of it. What is no such list is none.
func surfaceOf(data json.RawMessage) []pageName {
	var lists [][]pageName
	if json.Unmarshal(data, &lists) != nil {
		var list []pageName
		if json.Unmarshal(data, &list) != nil {
			return nil
		}
		lists = [][]pageName{list}
	}
	var all []pageName
	met := map[string]bool{}
	for _, list := range lists {
		for _, n := range list {
			if n.Name != "" && !met[n.Name] {
				met[n.Name] = true
				all = append(all, n)
			}
		}
	}
	return all
}

// A listing finds the names that a behaviour shows without naming them, as one
// does that returns pairs of names and values for all that dir() gives.
type listing struct {
	names map[string]string // the module's own names: qualified by bare
}

func listingOf(surface []pageName) listing {
	l := listing{names: map[string]string{}}
	for _, n := range surface {
		if module, bare, _ := strings.Cut(n.Name, "."); !strings.Contains(bare, ".") && module != "" {
			l.names[bare] = n.Name
		}
	}
	return l
}

// of are the names that CPython's side of any result shows, in order.
func (l listing) of(b Behaviour) []string {
	if len(l.names) == 0 {
		return nil
	}
	found := map[string]bool{}
	for _, res := range b.Results {
		for _, s := range res.Steps {
			if want := s.Wanted(); want != nil && want.Observation.Returned != nil {
				l.walk(*want.Observation.Returned, found)
			}
		}
	}
	names := make([]string, 0, len(found))
	for name := range found {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func (l listing) walk(v trace.Value, found map[string]bool) {
	if v.Kind == trace.Str {
		if name, ok := l.names[v.Text]; ok {
			found[name] = true
		}
	}
	for _, item := range v.Items {
		l.walk(item, found)
	}
}
