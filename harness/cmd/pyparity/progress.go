package main

import (
	"fmt"
	"io"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/pyparity/pyparity/harness"
)

// progress shows how a run goes on: a bar on a terminal, elsewhere a line for
// every quarter.
type progress struct {
	w     io.Writer
	bar   *progressbar.ProgressBar // nil where there is no terminal
	tty   bool
	total int
	done  int
	red   int
}

var _ harness.Progress = (*progress)(nil)

// longestStage is after how many results at the latest a log says how far things are.
const longestStage = 5000

func newProgress(w io.Writer) *progress {
	_, tty := terminal(w)
	return &progress{w: w, tty: tty}
}

func (p *progress) Begin(total int) {
	p.total = total
	if p.tty {
		p.bar = progressbar.NewOptions(total,
			progressbar.OptionSetWriter(p.w), progressbar.OptionClearOnFinish(),
			progressbar.OptionShowCount(), progressbar.OptionSetPredictTime(true),
			progressbar.OptionSetWidth(30), progressbar.OptionThrottle(50*time.Millisecond),
			progressbar.OptionSetDescription("behaviours"))
	}
}

func (p *progress) Result(res harness.Result) {
	p.done++
	if !res.Verdict.Green() && res.Verdict != harness.Unsupported {
		p.red++
	}
	if p.bar != nil {
		// The bar is decoration: a terminal that went away does not end the run.
		_ = p.bar.Add(1)
		return
	}
	if stage := min(p.total/4, longestStage); stage > 10 && p.done%stage == 0 && p.done < p.total {
		fmt.Fprintf(p.w, "%d of %d, %d not green\n", p.done, p.total, p.red)
	}
}

func (p *progress) Note(text string) {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
	fmt.Fprintln(p.w, text)
}

func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
