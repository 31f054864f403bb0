package resolve

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// What is wanted is what glibc's ns_name_pton answers; nil is its failure.
func TestSplitLabels(t *testing.T) {
	long := strings.Repeat("x", 63)
	longest := strings.Join([]string{long, long, long, long[:61]}, ".")
	for name, want := range map[string][]string{
		"":            {},
		".":           {},
		"a":           {"a"},
		"a.":          {"a"},
		"a..":         nil,
		".a":          nil,
		"a..b":        nil,
		`a\.b.c`:      {"a.b", "c"},
		`a\\b`:        {`a\b`},
		`a\x`:         {"ax"},
		`a\`:          nil,
		`\065\109.b`:  {"Am", "b"},
		`a\000b`:      {"a\x00b"},
		`\1234`:       {"{4"},
		`a\255b`:      {"a\xffb"},
		`a\256b`:      nil,
		`a\300b`:      nil,
		`a\2`:         nil,
		`a\25`:        nil,
		`a\2x5`:       nil,
		`a\25x`:       nil,
		long:          {long},
		long + "x":    nil,
		longest:       {long, long, long, long[:61]},
		longest + ".": {long, long, long, long[:61]},
		longest + "x": nil,
	} {
		labels, ok := splitLabels(name)
		if ok != (want != nil) || ok && !slices.Equal(labels, want) {
			t.Errorf("%q: %q, %v, want %q", name, labels, ok, want)
		}
	}
}

// What is wanted is what glibc's ns_name_ntop writes.
func TestHostText(t *testing.T) {
	for name, want := range map[string]string{
		".":               ".",
		"a.b.":            "a.b",
		"a b.":            `a\032b`,
		`";\()@$.`:        `\"\;\\\(\)\@\$`,
		"~}!\x1f.":        `~}!\031`,
		"\x7f.\x80.\xff.": `\127.\128.\255`,
		"\x00d.":          `\000d`,
	} {
		if got := hostText(dnsmessage.MustNewName(name)); got != want {
			t.Errorf("%q: %s, want %s", name, got, want)
		}
	}
}
