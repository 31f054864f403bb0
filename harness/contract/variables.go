package contract

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/pyparity/pyparity/harness/trace"
)

// variable is the number of the variable that has these texts over the runs.
func (g *generaliser) variable(texts []string) int {
	// Texts may be any bytes, which JSON would not keep apart; slices of bytes
	// always encode.
	key, _ := json.Marshal(column(texts, func(s string) []byte { return []byte(s) }))
	number, ok := g.numbers[string(key)]
	if !ok {
		number = len(g.numbers) + 1
		g.numbers[string(key)] = number
	}
	return number
}

// leaf is a value that is one thing: itself where the runs agree, a variable
// where they do not.
func (g *generaliser) leaf(runs []trace.Value, length int) trace.Value {
	texts := column(runs, leafText)
	if allEqual(texts) {
		return runs[0]
	}
	v := trace.Value{Kind: trace.Var, ID: g.variable(texts), Of: runs[0].Kind, Len: length}
	if v.Of == trace.Digest {
		v.Of = runs[0].Of
	}
	return v
}

// leafText is the text by which a leaf is compared and bound: that of a digest
// cannot be mistaken for one that stands in a trace.
func leafText(v trace.Value) string {
	if v.Kind == trace.Digest {
		return "sha256:" + v.Text
	}
	return v.Text
}

func allEqual(texts []string) bool {
	return !slices.ContainsFunc(texts, func(t string) bool { return t != texts[0] })
}

// text generalises str token by token.
func (g *generaliser) text(path string, runs []trace.Value) (trace.Value, error) {
	if v, ok := g.pattern(runs, 1); ok {
		return v, nil
	}
	return runs[0], g.unstable(path, "the form of the text", column(runs, trace.Render))
}

// surely is how many bytes make a word in binary data: fewer may be a packed
// number that looks like one in these runs and not in the next.
const surely = 4

// bytes generalises token by token what may be text; otherwise all of it may
// vary but the length.
func (g *generaliser) bytes(path string, runs []trace.Value) (trace.Value, error) {
	shortest := 1
	if slices.ContainsFunc(runs, func(v trace.Value) bool { return !isPlain(v.Text) }) {
		shortest = surely
	}
	if v, ok := g.pattern(runs, shortest); ok {
		return v, nil
	}
	for _, v := range runs {
		if len(v.Text) != len(runs[0].Text) {
			return runs[0], g.unstable(path, "length", column(runs, trace.Render))
		}
	}
	return g.leaf(runs, len(runs[0].Text)), nil
}

// pattern makes variables of the words that differ; everything else has to be
// the same in all runs. A word that differs has no fewer than so many bytes.
func (g *generaliser) pattern(runs []trace.Value, shortest int) (trace.Value, bool) {
	kind := runs[0].Kind
	cut := column(runs, func(v trace.Value) []string { return tokens(kind, v.Text) })
	for _, ts := range cut {
		if len(ts) != len(cut[0]) {
			return trace.Value{}, false
		}
	}
	for i := range cut[0] {
		texts := column(cut, func(ts []string) string { return ts[i] })
		notAWord := func(t string) bool { return len(t) < shortest || !isWord(kind, t) }
		if !allEqual(texts) && slices.ContainsFunc(texts, notAWord) {
			return trace.Value{}, false
		}
	}
	v := trace.Value{Kind: trace.Pattern, Of: kind}
	var constant strings.Builder
	varies := false
	flush := func() {
		if constant.Len() > 0 {
			v.Items = append(v.Items, trace.Value{Kind: trace.Str, Text: constant.String()})
			constant.Reset()
		}
	}
	for i, token := range cut[0] {
		texts := column(cut, func(ts []string) string { return ts[i] })
		if allEqual(texts) {
			constant.WriteString(token)
			continue
		}
		flush()
		varies = true
		v.Items = append(v.Items, trace.Value{Kind: trace.Var, ID: g.variable(texts)})
	}
	if !varies {
		return runs[0], true
	}
	flush()
	return v, true
}
