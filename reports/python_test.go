package reports

import (
	"testing"

	"github.com/pyparity/pyparity/harness/trace"
)

func TestObservationText(t *testing.T) {
	str := trace.StrValue
	exception := func(class, text string, args ...trace.Value) trace.Observation {
		return trace.Observation{Raised: &trace.Exception{Class: class, Args: args, Text: str(text)}}
	}
	pattern := trace.Value{Kind: trace.Pattern, Of: trace.Str, Items: []trace.Value{str("fd "), portVar()}}
	varied := exception("OSError", "", pattern)
	varied.Raised.Text = pattern
	tests := []struct {
		name string
		in   trace.Observation
		want string
	}{
		{"value", returned(0, str("a")), "'a'"},
		{"none", trace.Observation{}, "None"},
		{"not run", trace.Observation{NotRun: "s"}, "not run: s has no value"},
		{"errno", raised(0, "OSError", 107, "not connected"), "raised OSError(107, 'not connected')"},
		{"one argument", exception("TypeError", "an integer is required", str("an integer is required")), "raised TypeError('an integer is required')"},
		{"no argument", exception("TimeoutError", ""), "raised TimeoutError()"},
		{"argument that is no text", exception("KeyError", "5", trace.IntValue(5)), "raised KeyError(5)"},
		{"text of its own", exception("KeyError", "'k'", str("k")), `raised KeyError('k'): 'k'`},
		{"three arguments", exception("E", "(1, 2, 3)", trace.IntValue(1), trace.IntValue(2), trace.IntValue(3)), "raised E(1, 2, 3)"},
		{"variables", varied, "raised OSError('fd ⟨1⟩')"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := observationText(tt.in); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

func TestSecondsAreShort(t *testing.T) {
	tests := map[float64]string{
		0: "0", -1: "0", 1e-7: "<1 µs", 80e-6: "80 µs", 1.23e-3: "1.2 ms", 0.0456: "46 ms", 4.2: "4.2 s", 125: "2m5s",
	}
	for in, want := range tests {
		if got := seconds(in); got != want {
			t.Errorf("seconds(%v) = %q, want %q", in, got, want)
		}
	}
}
