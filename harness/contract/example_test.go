package contract_test

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/pyparity/pyparity/harness/contract"
	"github.com/pyparity/pyparity/harness/trace"
)

// observe is a trace of two steps: s.getsockname() and repr(s).
func observe(port int64, repr string) trace.Trace {
	name := trace.SeqValue(trace.Tuple, trace.StrValue("127.0.0.1"), trace.IntValue(port))
	text := trace.StrValue(repr)
	return trace.Trace{
		Observations: []trace.Observation{{Step: 0, Returned: &name}, {Step: 1, Returned: &text}},
		End:          trace.EndDone,
	}
}

// Two runs of the reference make a contract. The port is a variable: it may be
// any number, but both steps have to show the same one.
func Example() {
	collects := []bool{false, false}
	c, err := contract.Generalise(collects, []trace.Trace{
		observe(40001, "<socket fd=3, port=40001>"),
		observe(50002, "<socket fd=3, port=50002>"),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, step := range c.Steps {
		fmt.Println(trace.Render(*step.Returned))
	}
	fmt.Println(c.Match(collects, observe(6, "<socket fd=3, port=6>")))
	for _, d := range c.Match(collects, observe(6, "<socket fd=3, port=7>")) {
		fmt.Printf("step %d, %s: want %s, got %s\n", d.Step, d.Facet, d.Want, d.Got)
	}
	// Output:
	// ('127.0.0.1', ⟨1⟩)
	// '<socket fd=3, port=⟨1⟩>'
	// []
	// step 1, value: want '<socket fd=3, port=⟨1⟩>' (⟨1⟩ = 6), got '<socket fd=3, port=7>'
}

func ExampleContract_json() {
	c, err := contract.Generalise([]bool{false, false}, []trace.Trace{observe(1, "port 1"), observe(2, "port 2")})
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := json.NewEncoder(os.Stdout).Encode(c); err != nil {
		fmt.Println(err)
	}
	// Output:
	// {"steps":[{"step":0,"returned":{"tuple":["127.0.0.1",{"var":1,"kind":"int"}]}},{"step":1,"returned":{"pattern":["port ",{"var":1}],"kind":"str"}}],"variables":1}
}

// Runs that do not agree in shape make no contract.
func ExampleUnstableError() {
	_, err := contract.Generalise([]bool{false, false}, []trace.Trace{observe(1, "ready"), observe(2, "not ready")})
	fmt.Println(err)
	// Output:
	// step 2: the reference's runs differ in the form of the text: 'ready' and 'not ready'
}
