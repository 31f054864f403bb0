package behaviour

import (
	"errors"
	"strings"
	"testing"
)

// Whatever a file holds, loading it ends in a corpus that can be loaded again
// step by step, or in errors that name the file.
func FuzzLoad(f *testing.F) {
	f.Add(connect)
	for _, lines := range []string{
		"x = (1,\n      2)", "for x in (1, 2):\n        x", `b"\u0041"`, "try: x", "[x for x[0] in (1,)]", "lambda a, *b: a",
		"x = 1; lasts(0, 1)", "x, = 1", "for a, in ((1,),): a", "x[1:2, 3]", `"""a`, "\t1", "x = f'{1}'", "lambda *: 1",
	} {
		f.Add(body(lines))
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := Load(folder(map[string]string{"a.py": text}), "corpus", Modules("socket"))
		if err != nil {
			var es Errors
			if !errors.As(err, &es) || len(es) == 0 {
				t.Fatalf("a %T: %v", err, err)
			}
			for _, e := range es {
				if e.Path != "corpus/a.py" || e.Message == "" || e.Hint == "" || e.Line < 0 || e.Line > strings.Count(text, "\n")+strings.Count(text, "\r")+2 {
					t.Errorf("a useless error: %#v", e)
				}
			}
			return
		}
		for _, b := range c.Behaviours {
			if len(b.Steps) == 0 || b.Sentence == "" {
				t.Errorf("an empty behaviour: %+v", b)
			}
			var texts []string
			for _, s := range b.Steps {
				texts = append(texts, s.Text)
			}
			again, err := ParseSteps(strings.Join(texts, "\n"), Modules("socket"))
			if err != nil {
				t.Fatalf("the steps %q cannot be read again: %v", texts, err)
			}
			checkTexts(t, again, texts)
			for i, s := range again.Steps {
				if strings.Join(s.Reads, " ") != strings.Join(b.Steps[i].Reads, " ") || strings.Join(s.Assigns, " ") != strings.Join(b.Steps[i].Assigns, " ") {
					t.Errorf("step %q reads %q and assigns %q, and then %q and %q", s.Text, b.Steps[i].Reads, b.Steps[i].Assigns, s.Reads, s.Assigns)
				}
			}
		}
	})
}
