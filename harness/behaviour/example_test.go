package behaviour_test

import (
	"fmt"
	"testing/fstest"

	"github.com/pyparity/pyparity/harness/behaviour"
)

const byteorder = `"""Byte order: htons, ntohs."""

def htons_swaps():
    """htons swaps the bytes of a number on a little-endian machine."""
    tags("pure")
    for n in (1, 0xff00):
        socket.htons(n)
`

func Example() {
	folder := fstest.MapFS{"byteorder.py": {Data: []byte(byteorder)}}
	corpus, err := behaviour.Load(folder, "behaviours", behaviour.Modules("socket"))
	if err != nil {
		fmt.Println(err)
		return
	}
	selected, err := corpus.Select([]string{"byteorder.*"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, b := range selected {
		fmt.Println(b.ID+":", b.Sentence)
		fmt.Println("labels", b.Labels())
		for _, step := range b.Steps {
			fmt.Println(">>>", step.Text)
		}
	}
	// Output:
	// byteorder.htons_swaps: htons swaps the bytes of a number on a little-endian machine.
	// labels [byteorder socket.htons htons pure]
	// >>> n = 1
	// >>> socket.htons(n)
	// >>> n = 0xff00
	// >>> socket.htons(n)
}

// Everything that is wrong is reported at once, with its place and what to do.
func ExampleLoad_errors() {
	folder := fstest.MapFS{"close.py": {Data: []byte(`"""Closing."""

def twice():
    """close may be called twice"""
    require("ipv4")
    try:
        socket.close(-1)
`)}, "open.py": {Data: []byte(`"""Opening."""

def opens():
    """socket() opens."""
    requires("ipv5")
    s = socket.socket()
    if s: s.close()
`)}}
	_, err := behaviour.Load(folder, "behaviours", behaviour.Modules("socket"))
	fmt.Println(err)
	// Output:
	// behaviours/close.py:6:5: behaviour: got try, want primary expression; remove it: an exception is an observation, and the next step runs
	// behaviours/open.py:5:14: behaviour: unknown capability "ipv5": use one of container, ipv4, ipv6, memory, root, "family:NAME" or "python>=3.12"; write requires("ipv4", "python>=3.12")
	// behaviours/open.py:7:5: behaviour: an if inside a behaviour; steps are straight-line: write a behaviour for each case
}

func ExampleParseSteps() {
	b, err := behaviour.ParseSteps(`s = socket.socket(); s.close()`, behaviour.Modules("socket"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, step := range b.Steps {
		fmt.Println(step.Text, "reads", step.Reads, "assigns", step.Assigns)
	}
	// Output:
	// s = socket.socket() reads [] assigns [s]
	// s.close() reads [s] assigns []
}

func ExampleParseFilter() {
	filter, err := behaviour.ParseFilter("(inet_aton || inet_ntoa) && !slow")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(filter([]string{"inet", "inet_aton"}), filter([]string{"inet_aton", "slow"}))
	// Output: true false
}
