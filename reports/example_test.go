package reports_test

import (
	"fmt"
	"os"

	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/behaviour"
	"github.com/pyparity/pyparity/harness/contract"
	"github.com/pyparity/pyparity/harness/trace"
	"github.com/pyparity/pyparity/reports"
)

// exampleResult is what a run found out about a subject whose htons is wrong.
func exampleResult() harness.Result {
	returned := func(step int, v trace.Value) trace.Observation {
		return trace.Observation{Step: step, Returned: &v}
	}
	want := []trace.Observation{returned(0, trace.IntValue(1)), returned(1, trace.IntValue(20480))}
	got := []trace.Observation{returned(0, trace.IntValue(1)), returned(1, trace.IntValue(80))}
	return harness.Result{
		Behaviour: &behaviour.Behaviour{
			ID: "byteorder.htons_swaps", Sentence: "htons swaps the two bytes.", Path: "byteorder.py", Line: 3,
			Steps: []behaviour.Step{{Text: "socket.htons(256)", Line: 5}, {Text: "socket.htons(80)", Line: 6}},
		},
		Subject: "go", Python: "3.13", Verdict: harness.Differ,
		Differences: []contract.Difference{{Step: 1, Facet: contract.FacetValue, Want: "20480", Got: "80"}},
		Reference:   &trace.Trace{Observations: want, End: trace.EndDone},
		Trace:       &trace.Trace{Observations: got, End: trace.EndDone},
	}
}

func ExampleWriteSideBySide() {
	if err := reports.WriteSideBySide(os.Stdout, exampleResult(), reports.SideBySideOptions{}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// ✗ differ  byteorder.htons_swaps  ·  go  ·  Python 3.13
	//   htons swaps the two bytes.
	//   byteorder.py:3
	//
	//      1   :5 │ socket.htons(256)
	//           = │ 1
	//      2   :6 │ socket.htons(80)
	//     ✗ value │ CPython 3.13  20480
	//             │ go            80
	//             │ ← first difference: value: want 20480, got 80
	//
	//   rerun: pyparity run byteorder.htons_swaps --python 3.13
}

func ExampleWriteTable() {
	report := reports.FromRun(harness.Run{
		Results: []harness.Result{exampleResult()},
		Provenance: harness.Provenance{
			References: []harness.Reference{{Python: "3.13", Version: "3.13.5", Mode: reports.ModeLive}},
		},
	})
	if err := reports.WriteTable(os.Stdout, report); err != nil {
		fmt.Println(err)
	}
	// Output:
	// Reference: live CPython 3.13.5
	//
	// subject  Python  match  differ  total  parity
	// go       3.13        0       1      1   0.0 %
}
