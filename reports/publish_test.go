package reports

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pyparity/pyparity/harness"
)

func publishable() Report {
	run := harness.Run{Provenance: fakeProvenance(ModeLive, "3.13"), Results: []harness.Result{matching(refused("a", "connect"), "go", "3.13")}}
	run.Provenance.Patterns, run.Provenance.Filter = nil, ""
	run.Provenance.Corpus = harness.CorpusInfo{Behaviours: 1, Hash: strings.Repeat("ab", 32)}
	return FromRun(run)
}

func TestPublish(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "published")
	r := publishable()
	if err := Publish(dir, r); err != nil {
		t.Fatal(err)
	}
	if got := names(t, dir); !slices.Equal(got, []string{BadgeFile, HTMLFile, CSVFile, PackedFile, MarkdownFile}) {
		t.Errorf("the files are %v", got)
	}
	got, err := ReadFile(dir)
	if err != nil || got.Provenance.Corpus != r.Provenance.Corpus {
		t.Errorf("%v, %v", got.Provenance.Corpus, err)
	}
}

func TestWhatIsNotAllThereIsNotPublished(t *testing.T) {
	for want, spoil := range map[string]func(*Report){
		"incomplete: interrupted": func(r *Report) { r.Complete, r.Incomplete = false, "interrupted" },
		"shard 1/2":               func(r *Report) { r.Provenance.Shard = "1/2" },
		"1 of the corpus's 2":     func(r *Report) { r.Provenance.Corpus.Behaviours = 2 },
		"corpus's 1 behaviours":   func(r *Report) { r.Provenance.Patterns = []string{"connect"} },
		"no live CPython":         func(r *Report) { r.Provenance.References[0].Mode = ModeRecorded },
		"Python 3.99 was not": func(r *Report) {
			r.Provenance.References = append(r.Provenance.References, Reference{Python: "3.99", Unavailable: "no"})
		},
		"no live CPython through":  func(r *Report) { r.Provenance.References = nil },
		"1 of the corpus's 1 beha": func(r *Report) { r.Provenance.Filter = "slow" },
	} {
		dir := filepath.Join(t.TempDir(), "published")
		r := publishable()
		spoil(&r)
		if err := Publish(dir, r); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v, want one with %q", err, want)
		}
		if _, err := os.Stat(dir); err == nil {
			t.Errorf("%s: something was written", want)
		}
	}
}

func TestPutExcerpt(t *testing.T) {
	name := filepath.Join(t.TempDir(), "README.md")
	r := publishable()
	if err := os.WriteFile(name, []byte("a\n"+ExcerptBegin+"\nold\n"+ExcerptEnd+"\nz\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := PutExcerpt(name, r); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	if !strings.HasPrefix(text, "a\n"+ExcerptBegin+"\nReference: live CPython 3.13.5, 1 behaviours, 1 March 2026:\n\n| subject | Python |") ||
		!strings.HasSuffix(text, "\n"+ExcerptEnd+"\nz\n") || strings.Contains(text, "old") {
		t.Error(text)
	}
	if err := os.WriteFile(name, []byte("no marks"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := PutExcerpt(name, r); err == nil || !strings.Contains(err.Error(), name) {
		t.Errorf("the error is %v", err)
	}
}

func TestInconsistencies(t *testing.T) {
	if wrong := FromRun(fakeRun(ModeLive, "3.13")).Inconsistencies(); len(wrong) > 0 {
		t.Errorf("a report of every verdict: %v", wrong)
	}
	for want, spoil := range map[string]func(*Report){
		"the summary says":    func(r *Report) { r.Summary[0].Match++ },
		"its steps differ":    func(r *Report) { r.Behaviours[0].Results[0].Steps[2].State = StateDifferent },
		"was not run":         func(r *Report) { r.Behaviours[0].Results[0].End = nil },
		"the summary says [{": func(r *Report) { r.Behaviours[0].Results[0].Verdict = harness.Crash },
	} {
		r := publishable()
		spoil(&r)
		if wrong := strings.Join(r.Inconsistencies(), "; "); !strings.Contains(wrong, want) {
			t.Errorf("%q, want %q", wrong, want)
		}
	}
}

func TestContradicted(t *testing.T) {
	older, newer := olderAndNewer()
	if moves := older.Contradicted(older); len(moves) > 0 {
		t.Errorf("itself: %v", moves)
	}
	moves := older.Contradicted(newer)
	var ids []string
	for _, m := range moves {
		ids = append(ids, strings.TrimPrefix(m.ID, "connect."))
	}
	if got := strings.Join(ids, " "); got != "regresses was_declared is_fixed loses_its_verdict changes is_declared comes_to_be_judged renamed is_new" {
		t.Errorf("%s", got)
	}
	// A subject may have another name on another machine.
	other := older
	other.Provenance.Subjects = clone(older.Provenance.Subjects)
	other.Provenance.Subjects[0].Name = "exec:/opt/go"
	other.Behaviours = clone(older.Behaviours)
	for i := range other.Behaviours {
		other.Behaviours[i].Results = clone(other.Behaviours[i].Results)
		for j := range other.Behaviours[i].Results {
			other.Behaviours[i].Results[j].Subject = "exec:/opt/go"
		}
	}
	if moves := older.Contradicted(other); len(moves) > 0 {
		t.Errorf("under another name: %v", moves)
	}
	live := older.Provenance.References[0]
	live.Version = "3.13.6"
	other.Provenance.References = []Reference{live}
	if err := older.SameReference(other); err == nil || !strings.Contains(err.Error(), "3.13.6") {
		t.Errorf("the error is %v", err)
	}
}
