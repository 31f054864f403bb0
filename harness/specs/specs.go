// Package specs declares a suite as a Ginkgo tree: a container node for each
// behaviour file, and a spec for each of its behaviours and each Python, with
// the behaviour's sentence as its text.
//
// Labels are the API names that a behaviour touches, its tags, its file and
// "python3.13", so that
//
//	ginkgo --label-filter 'inet_aton && python3.13'
//
// runs what it says. A behaviour that the machine cannot run is a skipped spec
// with its reason; a failing one prints both sides step by step.
package specs

import (
	"bytes"
	"context"
	"path"

	"github.com/onsi/ginkgo/v2"

	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/behaviour"
	"github.com/pyparity/pyparity/reports"
)

// A Tree is what Declare needs to know.
type Tree struct {
	Suite   *harness.Suite
	Pythons []string
	// Checker returns the checker of this Ginkgo process; it is asked when the
	// first spec runs.
	Checker func(ctx context.Context) *harness.Checker
}

// Declare declares the tree. It must be called while Ginkgo builds its own,
// that is from a container node or a package-level variable.
func Declare(t Tree) bool {
	var file string
	var group []*behaviour.Behaviour
	flush := func() {
		if len(group) > 0 {
			t.describe(file, group)
		}
		group = nil
	}
	for _, b := range t.Suite.Corpus.Behaviours {
		if b.Path != file {
			flush()
			file = b.Path
		}
		group = append(group, b)
	}
	flush()
	return true
}

func (t Tree) describe(file string, group []*behaviour.Behaviour) {
	ginkgo.Describe(path.Base(file)+": "+group[0].Area, func() {
		for _, b := range group {
			for _, python := range t.Pythons {
				labels := append(ginkgo.Label(b.Labels()...), "python"+python)
				ginkgo.It(b.Sentence+" ["+b.ID+", Python "+python+"]", labels, func(ctx ginkgo.SpecContext) {
					t.check(ctx, b, python)
				})
			}
		}
	})
}

func (t Tree) check(ctx context.Context, b *behaviour.Behaviour, python string) {
	for _, res := range t.Checker(ctx).Check(ctx, b, python) {
		switch {
		case res.Verdict.Green():
		case res.Verdict == harness.Unsupported:
			ginkgo.Skip(res.Reason)
		default:
			ginkgo.Fail(View(res))
		}
	}
}

// View is the side-by-side text of a result, as failing specs print it.
func View(res harness.Result) string {
	var b bytes.Buffer
	if err := reports.WriteSideBySide(&b, res, reports.SideBySideOptions{}); err != nil {
		return err.Error()
	}
	return b.String()
}
