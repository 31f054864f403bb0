package reports

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/contract"
	"github.com/pyparity/pyparity/harness/trace"
)

func TestFromRunCountsEveryVerdict(t *testing.T) {
	r := FromRun(fakeRun(ModeLive, "3.11", "3.13"))
	want := func(python string) Count {
		return Count{
			Subject: "go", Python: python,
			Match: 3, Differ: 2, Known: 1, Fixed: 1, Unsupported: 1, Hang: 1, Crash: 1,
			ReferenceUnstable: 1, HarnessError: 1, NotRun: 1, Total: 13, Drifted: 1,
		}
	}
	if diff := cmp.Diff([]Count{want("3.11"), want("3.13")}, r.Summary); diff != "" {
		t.Error(diff)
	}
	total := r.Total()
	if total.Total != 26 || total.Match != 6 || total.Drifted != 2 {
		t.Errorf("the total is %+v", total)
	}
	for _, v := range harness.Verdicts {
		if total.Of(v) == 0 {
			t.Errorf("no result counts as %s", v)
		}
	}
}

func TestFromRunGroupsResultsByBehaviour(t *testing.T) {
	r := FromRun(fakeRun(ModeLive, "3.11", "3.13"))
	if len(r.Behaviours) != 13 {
		t.Fatalf("%d behaviours, want 13", len(r.Behaviours))
	}
	b := r.Behaviours[0]
	if b.ID != "connect.match" || b.File != "fixtures/behaviours/connect.py" || b.Line != 3 || len(b.Steps) != 8 {
		t.Errorf("the first behaviour is %+v", b)
	}
	if diff := cmp.Diff([]string{"ipv4", "python>=3.9"}, b.Requires); diff != "" {
		t.Error(diff)
	}
	var pythons []string
	for _, res := range b.Results {
		pythons = append(pythons, res.Python)
	}
	if diff := cmp.Diff([]string{"3.11", "3.13"}, pythons); diff != "" {
		t.Error(diff)
	}
}

func TestFromRunStepsOfALiveRun(t *testing.T) {
	b := refused("x", "connect")
	res := resultOf(differing(b, "go", "3.13"))
	port := res.Steps[2]
	if port.State != StateEqual || port.Reference.Text != "('127.0.0.1', 40001)" || port.Subject.Text != "('127.0.0.1', 51234)" {
		t.Errorf("the step with a variable is %+v", port)
	}
	if port.Expected == nil || port.Wanted().Text != "('127.0.0.1', ⟨1⟩)" {
		t.Errorf("the contract's variable is not shown: %+v", port.Wanted())
	}
	if res.Steps[1].Expected != nil {
		t.Error("a step without variables repeats what the reference did")
	}
	if res.Steps[5].State != StateDifferent || res.Steps[6].State != StateDifferent || res.Steps[7].State != StateEqual {
		t.Errorf("the states are %v %v %v", res.Steps[5].State, res.Steps[6].State, res.Steps[7].State)
	}
	if diff := cmp.Diff([]string{"DeprecationWarning: close is old"}, res.Steps[3].Subject.Warnings); diff != "" {
		t.Error(diff)
	}
}

func TestFromRunStepsAgainstRecordings(t *testing.T) {
	live := matching(refused("x", "connect"), "go", "3.13")
	live.Reference = nil
	step := resultOf(live).Steps[2]
	if step.Expected != nil || step.Reference == nil || step.Reference.Text != "('127.0.0.1', ⟨1⟩)" {
		t.Errorf("the recorded contract is not the reference: %+v", step)
	}
}

func TestFromRunStepsOfASubjectThatStopped(t *testing.T) {
	for _, r := range everyVerdict("go", "3.13") {
		res := resultOf(r)
		if r.Verdict != harness.Hang && r.Verdict != harness.Crash {
			continue
		}
		if res.End == nil || res.End.Step != 5 || res.End.Detail == "" {
			t.Errorf("%s: the end is %+v", r.Verdict, res.End)
		}
		if res.Steps[4].State != StateEqual || res.Steps[5].State != StateDifferent || res.Steps[6].State != StateNotReached {
			t.Errorf("%s: the states are %v %v %v", r.Verdict, res.Steps[4].State, res.Steps[5].State, res.Steps[6].State)
		}
		if res.Steps[6].Reference == nil || res.Steps[6].Subject != nil {
			t.Errorf("%s: a step that was not reached has %+v", r.Verdict, res.Steps[6])
		}
	}
}

func TestGreen(t *testing.T) {
	b := refused("x", "connect")
	unsupported := withoutTrace(b, "go", "3.13", harness.Unsupported, "needs root")
	notRun := withoutTrace(b, "go", "3.13", harness.NotRun, "the run ended before")
	tests := []struct {
		name    string
		results []harness.Result
		why     string
		want    bool
	}{
		{"match", []harness.Result{matching(b, "go", "3.13")}, "", true},
		{"unsupported fails nothing", []harness.Result{matching(b, "go", "3.13"), unsupported}, "", true},
		{"one difference", []harness.Result{matching(b, "go", "3.13"), differing(b, "go", "3.13")}, "", false},
		{"not run", []harness.Result{notRun}, "", false},
		{"cut short", []harness.Result{matching(b, "go", "3.13")}, "interrupted", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := FromRun(harness.Run{Results: tt.results, Incomplete: tt.why})
			if r.Green() != tt.want {
				t.Errorf("Green() = %v", r.Green())
			}
			if r.Complete != (tt.why == "") || r.Incomplete != tt.why {
				t.Errorf("complete %v, incomplete %q", r.Complete, r.Incomplete)
			}
		})
	}
}

func TestParityIsRoundedDown(t *testing.T) {
	tests := []struct {
		count Count
		want  string
	}{
		{Count{}, "–"},
		{Count{Unsupported: 3, Total: 3}, "–"},
		{Count{Match: 3, Unsupported: 2, NotRun: 1, Total: 6}, "100 %"},
		{Count{Match: 2999, Differ: 1, Total: 3000}, "99.9 %"},
		{Count{Match: 0, Differ: 1, Total: 1}, "0.0 %"},
	}
	for _, tt := range tests {
		if got := tt.count.Parity(); got != tt.want {
			t.Errorf("%+v: %s, want %s", tt.count, got, tt.want)
		}
	}
}

func TestReferenceLine(t *testing.T) {
	live, recorded := fakeProvenance(ModeLive, "3.13"), fakeProvenance(ModeRecorded, "3.9")
	mixed := live
	mixed.References = append(mixed.References, recorded.References...)
	none := fakeProvenance(ModeLive)
	none.References = []harness.Reference{{Python: "3.15", Unavailable: "no suite has it"}}
	tests := []struct {
		p    harness.Provenance
		want string
		mode string
	}{
		{live, "Reference: live CPython 3.13.5", "live"},
		{recorded, "Reference: embedded recordings, no live CPython", "recorded"},
		{mixed, "Reference: embedded recordings, no live CPython, for 3.9; live CPython 3.13.5 for the rest", "mixed"},
		{none, "Reference: none", ""},
	}
	for _, tt := range tests {
		p := provenanceOf(tt.p)
		if got := p.ReferenceLine(); got != tt.want {
			t.Errorf("%s, want %s", got, tt.want)
		}
		if p.Mode() != tt.mode {
			t.Errorf("mode %q, want %q", p.Mode(), tt.mode)
		}
	}
}

func TestWhy(t *testing.T) {
	b := refused("x", "connect")
	atEnd := matching(b, "go", "3.13")
	atEnd.Differences = []contract.Difference{{Step: 8, Facet: contract.FacetOutcome, Want: "absent", Got: "returned 5"}}
	crashed := ending(b, "go", "3.13", harness.Crash, "crash", "signal 11")
	late := ending(b, "go", "3.13", harness.Crash, "broken", "a line that is not JSON")
	late.Trace.Observations = matching(b, "go", "3.13").Trace.Observations
	tests := []struct {
		res  harness.Result
		want string
	}{
		{differing(b, "go", "3.13"), "step 6, value: want 111, got 113"},
		{withoutTrace(b, "go", "3.13", harness.Unsupported, "needs root"), "needs root"},
		{atEnd, "after the last step, outcome: want absent, got returned 5"},
		{late, "after the last step it broke the protocol: a line that is not JSON"},
		{crashed, "step 6 crashed: signal 11"},
		{matching(b, "go", "3.13"), ""},
	}
	for _, tt := range tests {
		if got := resultOf(tt.res).why(behaviourOf(b)); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}

// Python and a subject may collect an object at different times: the warning
// stands on both sides where it is compared.
func TestFromRunShowsWarningsWhereTheyAreCompared(t *testing.T) {
	b := refused("x", "connect")
	b.Steps[7].Collects = true
	r := matching(b, "go", "3.13")
	unclosed := []trace.Warning{{Class: "ResourceWarning", Text: trace.StrValue("unclosed")}}
	r.Reference.Observations[4].Warnings = unclosed
	r.Trace.Observations[6].Warnings = unclosed
	res := resultOf(r)
	for i, step := range res.Steps {
		for side, warnings := range map[string][]string{"reference": step.Reference.Warnings, "subject": step.Subject.Warnings} {
			if got := slices.Contains(warnings, "ResourceWarning: unclosed"); got != (i == 7) {
				t.Errorf("step %d, %s: %v", i, side, warnings)
			}
		}
	}
}

func TestFromRunOfASubjectThatLeavesAStepOut(t *testing.T) {
	r := matching(refused("x", "connect"), "go", "3.13")
	r.Trace.Observations = slices.Delete(r.Trace.Observations, 1, 2)
	r.Verdict = harness.Differ
	r.Differences = []contract.Difference{{Step: 1, Facet: contract.FacetOutcome, Want: "returned None", Got: "absent"}}
	res := resultOf(r)
	if res.Steps[1].Subject != nil || res.Steps[1].State != StateDifferent {
		t.Errorf("the step that is missing is %+v", res.Steps[1])
	}
	if res.Steps[2].Subject.Text != "('127.0.0.1', 51234)" {
		t.Errorf("the step after it shows %s", res.Steps[2].Subject.Text)
	}
}
