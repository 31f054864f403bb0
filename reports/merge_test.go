package reports

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/behaviour"
)

// shards are a run as if it had been made in parts.
func shards(run harness.Run, count int) (parts []Report, names []string) {
	place := map[string]int{}
	for _, res := range run.Results {
		if _, ok := place[res.Behaviour.ID]; !ok {
			place[res.Behaviour.ID] = len(place)
		}
	}
	for i := range count {
		part := run
		part.Provenance.Shard = behaviour.Shard{Index: i + 1, Count: count}
		part.Results, part.Changes = nil, nil
		for _, res := range run.Results {
			if place[res.Behaviour.ID]%count == i {
				part.Results = append(part.Results, res)
			}
		}
		for _, c := range run.Changes {
			if place[c.Behaviour.ID]%count == i {
				part.Changes = append(part.Changes, c)
			}
		}
		parts, names = append(parts, FromRun(part)), append(names, fmt.Sprintf("shard-%d", i+1))
	}
	return parts, names
}

func TestMergedShardsAreTheWhole(t *testing.T) {
	run := bigRun(120)
	for i := range 20 {
		run.Changes = append(run.Changes, harness.Change{
			Behaviour: run.Results[25*i].Behaviour, From: "3.9", To: "3.11",
			Differences: changingRun().Changes[0].Differences,
		})
	}
	whole := FromRun(run)
	for _, count := range []int{1, 2, 7} {
		parts, names := shards(run, count)
		// The order in which shards end up in a folder says nothing.
		parts, names = append(parts[1:], parts[0]), append(names[1:], names[0])
		merged, err := Merge(parts, names)
		if err != nil {
			t.Fatal(err)
		}
		merged.Generated = whole.Generated
		if diff := cmp.Diff(string(encoded(t, whole)), string(encoded(t, merged))); diff != "" {
			t.Errorf("%d shards: %s", count, diff)
		}
	}
}

func TestMergeJoinsPythonsAndSubjects(t *testing.T) {
	run := fakeRun(ModeLive, "3.9", "3.13")
	whole := FromRun(run)
	var parts []Report
	for _, python := range []string{"3.13", "3.9"} {
		part := run
		part.Results = nil
		part.Provenance.References = nil
		for _, res := range run.Results {
			if res.Python == python {
				part.Results = append(part.Results, res)
			}
		}
		for _, ref := range run.Provenance.References {
			if ref.Python == python {
				part.Provenance.References = append(part.Provenance.References, ref)
			}
		}
		parts = append(parts, FromRun(part))
	}
	merged, err := Merge(parts, []string{"a", "b"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(whole.Summary, merged.Summary); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(whole.Provenance.References, merged.Provenance.References); diff != "" {
		t.Error(diff)
	}
	for _, b := range merged.Behaviours {
		if len(b.Results) != 2 || b.Results[0].Python != "3.9" {
			t.Errorf("%s has %d results", b.ID, len(b.Results))
		}
	}
}

func TestAMissingShardIsAnIncompleteReport(t *testing.T) {
	parts, names := shards(bigRun(12), 3)
	merged, err := Merge(parts[:2], names[:2])
	if err != nil {
		t.Fatal(err)
	}
	if merged.Complete || merged.Incomplete != "shard 3/3 is missing" || merged.Green() || merged.Publishable() == nil {
		t.Errorf("complete %v: %q", merged.Complete, merged.Incomplete)
	}
	parts[1].Complete, parts[1].Incomplete = false, "interrupted"
	if merged, err = Merge(parts, names); err != nil || merged.Incomplete != "shard-2: interrupted" {
		t.Errorf("%q, %v", merged.Incomplete, err)
	}
}

func TestWhatDoesNotBelongTogetherIsNotMerged(t *testing.T) {
	for name, tt := range map[string]struct {
		spoil func(*Report)
		want  string
	}{
		"the same twice": {func(r *Report) { r.Behaviours = append(r.Behaviours, bigReport(12).Behaviours[0]) }, "both have a verdict"},
		"another commit": {func(r *Report) { r.Provenance.Commit = "ffff" }, "the commit"},
		"another corpus": {func(r *Report) { r.Provenance.Corpus.Hash = strings.Repeat("a", 64) }, "the corpus"},
		"another count":  {func(r *Report) { r.Provenance.Shard = "2/4" }, "number of shards"},
		"another reference": {func(r *Report) {
			r.Provenance.References = clone(r.Provenance.References)
			r.Provenance.References[0].Version = "3.9.6"
		}, "the reference of Python 3.9"},
		"another subject": {func(r *Report) {
			r.Provenance.Subjects = clone(r.Provenance.Subjects)
			r.Provenance.Subjects[0].Version = "9"
		}, "the subject go"},
		"another filter": {func(r *Report) { r.Provenance.Filter = "slow" }, "the filter"},
		"another audit":  {func(r *Report) { r.Audit = json.RawMessage(`{"caught":2}`) }, "audit"},
	} {
		t.Run(name, func(t *testing.T) {
			parts, names := shards(bigRun(12), 2)
			parts[0].Audit = json.RawMessage(`{"caught":1}`)
			tt.spoil(&parts[1])
			if _, err := Merge(parts, names); err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), "shard-2") {
				t.Errorf("the error is %v", err)
			}
		})
	}
	if _, err := Merge(nil, nil); err == nil {
		t.Error("nothing was merged")
	}
}

func TestMergedTimesSpanTheParts(t *testing.T) {
	parts, names := shards(bigRun(12), 2)
	parts[1].Provenance.Started = parts[0].Provenance.Started.Add(10 * time.Second)
	merged, err := Merge(parts, names)
	if err != nil {
		t.Fatal(err)
	}
	if p := merged.Provenance; !p.Started.Equal(parts[0].Provenance.Started) || p.Seconds != 14.2 {
		t.Errorf("started %v, took %v s", p.Started, p.Seconds)
	}
}

func bigReport(n int) Report { return FromRun(bigRun(n)) }

func clone[T any](s []T) []T { return append([]T{}, s...) }
