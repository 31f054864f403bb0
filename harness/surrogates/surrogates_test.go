package surrogates_test

import (
	"testing"

	"go.starlark.net/syntax"

	"github.com/pyparity/pyparity/harness/surrogates"
)

func TestLiterals(t *testing.T) {
	for _, c := range []struct{ source, want string }{
		{`"a\udcffb"`, "a\xed\xb3\xbfb"},
		{`"\ud800\uDfFf"`, "\xed\xa0\x80\xed\xbf\xbf"},
		{`"\\\udc80"`, "\\\xed\xb2\x80"},
		{`"\\udc80"`, `\udc80`},
		{`"\u00e4\n"`, "ä\n"},
		{`"\ue012"`, "\ue012"},
		{"\"\ue012\"", "\ue012"},
		{`"plain"`, "plain"},
	} {
		hidden := surrogates.Hide(c.source)
		if len(hidden) != len(c.source) {
			t.Errorf("%s became %s", c.source, hidden)
		}
		expr, err := new(syntax.FileOptions).ParseExpr("", hidden, 0)
		if err != nil {
			t.Errorf("%s: %v", c.source, err)
			continue
		}
		surrogates.Show(c.source, expr)
		if got := expr.(*syntax.Literal).Value; got != c.want {
			t.Errorf("%s: got %q, want %q", c.source, got, c.want)
		}
	}
}

// A text that has both cannot be told apart: the parser says what it does not take.
func TestBothAreRefused(t *testing.T) {
	if _, err := new(syntax.FileOptions).ParseExpr("", surrogates.Hide(`"\ue012\udcff"`), 0); err == nil {
		t.Error("no error")
	}
}
