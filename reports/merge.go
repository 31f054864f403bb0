package reports

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Merge joins the reports of runs that were parts of one, such as shards, or the
// same behaviours on other Pythons or subjects. What comes out is what a single
// run would have reported, apart from times. Names say in errors which report
// is meant, in the same order.
//
// Reports that do not belong together are an error: two verdicts for the same
// result, another commit, another corpus, a Python or a subject that is not the
// same one. A shard that is missing makes the merged report incomplete.
func Merge(reports []Report, names []string) (Report, error) {
	if len(reports) == 0 {
		return Report{}, errors.New("there is nothing to merge")
	}
	m := merger{names: names, behaviours: map[string]*Behaviour{}, from: map[resultKey]int{}, changes: map[string]bool{}}
	m.out = reports[0]
	m.out.Behaviours, m.out.Changes = nil, nil
	for i, r := range reports {
		if err := m.add(i, r, reports[0]); err != nil {
			return Report{}, err
		}
	}
	m.finish(reports)
	return m.out, nil
}

type merger struct {
	out        Report
	names      []string
	behaviours map[string]*Behaviour
	from       map[resultKey]int // which report a result is from
	changes    map[string]bool
}

func (m *merger) add(i int, r, first Report) error {
	if err := m.fits(i, r.Provenance, first.Provenance); err != nil {
		return err
	}
	for _, b := range r.Behaviours {
		known := m.behaviours[b.ID]
		if known == nil {
			known = &Behaviour{}
			*known = b
			known.Results = []Result{}
			m.behaviours[b.ID] = known
		} else if known.Hash != b.Hash || known.Sentence != b.Sentence {
			return fmt.Errorf("%s and %s have different behaviours %s", m.names[0], m.names[i], b.ID)
		}
		for _, res := range b.Results {
			key := resultKey{b.ID, res.Subject, res.Python}
			if j, ok := m.from[key]; ok {
				return fmt.Errorf("%s and %s both have a verdict on %s for %s, Python %s", m.names[j], m.names[i], b.ID, res.Subject, res.Python)
			}
			m.from[key] = i
			known.Results = append(known.Results, res)
		}
	}
	for _, c := range r.Changes {
		if key := c.ID + " " + c.From + " " + c.To; !m.changes[key] {
			m.changes[key] = true
			m.out.Changes = append(m.out.Changes, c)
		}
	}
	return m.beside(i, r)
}

// beside takes over what other commands found out, which has to be the same in
// all reports that have it.
func (m *merger) beside(i int, r Report) error {
	out := &m.out.Beside
	for _, p := range []struct {
		what   string
		have   *[]byte
		theirs []byte
	}{
		{"upstream", (*[]byte)(&out.Upstream), r.Upstream}, {"audit", (*[]byte)(&out.Audit), r.Audit},
		{"surface", (*[]byte)(&out.Surface), r.Surface},
	} {
		switch {
		case p.theirs == nil:
		case *p.have == nil:
			*p.have = p.theirs
		case string(*p.have) != string(p.theirs):
			return fmt.Errorf("%s has another %s result than the reports before it", m.names[i], p.what)
		}
	}
	return nil
}

// fits says why a report's provenance does not go with the first one's.
func (m *merger) fits(i int, p, first Provenance) error {
	differ := func(what, a, b string) error {
		return fmt.Errorf("%s and %s do not belong together: %s is %q in one and %q in the other", m.names[0], m.names[i], what, a, b)
	}
	for _, s := range []struct{ what, a, b string }{
		{"the commit", first.Commit, p.Commit}, {"the corpus", first.Corpus.Hash, p.Corpus.Hash},
		{"the filter", first.Filter, p.Filter}, {"what was asked for", strings.Join(first.Patterns, " "), strings.Join(p.Patterns, " ")},
		{"the number of shards", shardCount(first.Shard), shardCount(p.Shard)},
	} {
		if s.a != s.b {
			return differ(s.what, s.a, s.b)
		}
	}
	for _, ref := range p.References {
		at := slices.IndexFunc(m.out.Provenance.References, func(o Reference) bool { return o.Python == ref.Python })
		if at < 0 {
			m.out.Provenance.References = append(slices.Clip(m.out.Provenance.References), ref)
			continue
		}
		have := m.out.Provenance.References[at]
		if a, b := have.identity(), ref.identity(); a != b {
			return differ("the reference of Python "+ref.Python, a, b)
		}
	}
	for _, s := range p.Subjects {
		at := slices.IndexFunc(m.out.Provenance.Subjects, func(o Subject) bool { return o.Name == s.Name })
		if at < 0 {
			m.out.Provenance.Subjects = append(slices.Clip(m.out.Provenance.Subjects), s)
			continue
		}
		have := m.out.Provenance.Subjects[at]
		if a, b := have.identity(), s.identity(); a != b {
			return differ("the subject "+s.Name, a, b)
		}
	}
	return nil
}

// identity is what two reports must share of a reference to be parts of one.
// Images are built where they are needed, so that their digests do not count.
func (r Reference) identity() string {
	if r.Unavailable != "" {
		return "not available"
	}
	return r.Version + ", " + r.Mode
}

func (s Subject) identity() string {
	return strings.Join([]string{s.Implementation, s.Version, s.Where}, ", ")
}

func shardCount(shard string) string {
	_, count, _ := strings.Cut(shard, "/")
	return count
}

// finish puts what was collected in the order of a single run.
func (m *merger) finish(reports []Report) {
	out := &m.out
	slices.SortStableFunc(out.Provenance.References, func(a, b Reference) int { return comparePythons(a.Python, b.Python) })
	if slices.EqualFunc(out.Provenance.References, reports[0].Provenance.References, func(a, b Reference) bool { return a.Python == b.Python }) {
		// All of them name the same Pythons: as they were asked for.
		out.Provenance.References = reports[0].Provenance.References
	}
	out.Behaviours = make([]Behaviour, 0, len(m.behaviours))
	for _, b := range m.behaviours {
		slices.SortStableFunc(b.Results, m.compareResults)
		out.Behaviours = append(out.Behaviours, *b)
	}
	slices.SortFunc(out.Behaviours, compareBehaviours)
	place := map[string]int{}
	for i, b := range out.Behaviours {
		place[b.ID] = i
	}
	slices.SortStableFunc(out.Changes, func(a, b Change) int {
		if by := place[a.ID] - place[b.ID]; by != 0 {
			return by
		}
		return comparePythons(a.From, b.From)
	})
	out.Summary = summarise(out.Behaviours)
	out.Generated = time.Now().UTC().Truncate(time.Second)
	m.join(reports)
}

// join makes one run of what the reports say of theirs.
func (m *merger) join(reports []Report) {
	p := &m.out.Provenance
	began, ended := p.Started, p.Started
	var short []string
	shards := map[string]bool{}
	hosts := map[string][]string{}
	for i, r := range reports {
		if r.Provenance.Started.Before(began) {
			began = r.Provenance.Started
		}
		if end := r.Provenance.Started.Add(time.Duration(r.Provenance.Seconds * float64(time.Second))); end.After(ended) {
			ended = end
		}
		if !r.Complete {
			short = append(short, fmt.Sprintf("%s: %s", m.names[i], r.Incomplete))
		}
		shards[r.Provenance.Shard] = true
		for name, value := range r.Provenance.Host {
			if !slices.Contains(hosts[name], value) {
				hosts[name] = append(hosts[name], value)
			}
		}
	}
	p.Started, p.Seconds = began, ended.Sub(began).Seconds()
	p.Host = map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(hosts)) {
		p.Host[name] = strings.Join(hosts[name], ", ")
	}
	count, _ := strconv.Atoi(shardCount(p.Shard))
	for i := 1; i <= count; i++ {
		if shard := fmt.Sprintf("%d/%d", i, count); !shards[shard] {
			short = append(short, "shard "+shard+" is missing")
		}
	}
	p.Shard = ""
	m.out.Incomplete = strings.Join(short, "; ")
	m.out.Complete = m.out.Incomplete == ""
}

// compareResults orders by subject and Python, as a run's provenance names them.
func (m *merger) compareResults(a, b Result) int {
	p := m.out.Provenance
	subject := func(r Result) int {
		return slices.IndexFunc(p.Subjects, func(s Subject) bool { return s.Name == r.Subject })
	}
	python := func(r Result) int {
		return slices.IndexFunc(p.References, func(ref Reference) bool { return ref.Python == r.Python })
	}
	if by := subject(a) - subject(b); by != 0 {
		return by
	}
	return python(a) - python(b)
}

// compareBehaviours orders as a corpus is ordered: by file, folder by folder,
// and by line.
func compareBehaviours(a, b Behaviour) int {
	if by := slices.Compare(strings.Split(a.File, "/"), strings.Split(b.File, "/")); by != 0 {
		return by
	}
	if by := a.Line - b.Line; by != 0 {
		return by
	}
	return strings.Compare(a.ID, b.ID)
}

// comparePythons orders versions by their numbers.
func comparePythons(a, b string) int {
	numbers := func(version string) []int {
		var all []int
		for part := range strings.SplitSeq(version, ".") {
			n, _ := strconv.Atoi(part) // what is no number sorts first
			all = append(all, n)
		}
		return all
	}
	return slices.Compare(numbers(a), numbers(b))
}
