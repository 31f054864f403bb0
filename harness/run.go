package harness

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/pyparity/pyparity/harness/behaviour"
	"github.com/pyparity/pyparity/harness/recording"
	"github.com/pyparity/pyparity/harness/subject"
)

// Run runs the selected behaviours for every Python on every subject. A run
// that the context ends early is returned as far as it came, with Incomplete
// set and a NotRun result for the rest. The error is for a suite that cannot be
// run at all, such as one with corrupt recordings.
func (s *Suite) Run(ctx context.Context, opts Options) (Run, error) {
	opts = opts.withDefaults()
	r := &runner{suite: s, opts: opts, behaviours: s.selected(opts)}
	started := time.Now()
	if err := r.open(ctx); err != nil {
		return Run{}, err
	}
	opts.Progress.Begin(len(r.behaviours) * len(opts.Subjects) * len(r.queues))
	inner, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	r.abort = cancel
	r.run(inner)
	if unable, ok := errors.AsType[*unableError](context.Cause(inner)); ok {
		return Run{}, unable
	}
	run := Run{
		Results: r.collect(),
		Provenance: Provenance{
			Corpus:  CorpusInfo{Behaviours: len(s.Corpus.Behaviours), Hash: s.Corpus.Hash()},
			Started: started, Took: time.Since(started),
			References: r.references, Subjects: r.subjectInfos(),
		},
	}
	if err := ctx.Err(); err != nil {
		run.Incomplete = incompleteReason(context.Cause(ctx))
	}
	return run, nil
}

// unableError means that a subject or the reference never started: every
// verdict would say the same.
type unableError struct{ error }

func (e *unableError) Unwrap() error { return e.error }

func incompleteReason(cause error) string {
	switch {
	case errors.Is(cause, context.DeadlineExceeded):
		return "the run's deadline passed"
	case errors.Is(cause, context.Canceled):
		return "interrupted"
	}
	return cause.Error()
}

// A runner is one run of a suite: a queue of behaviours for each Python, and
// jobs that take from them.
type runner struct {
	suite      *Suite
	opts       Options
	behaviours []*behaviour.Behaviour
	references []Reference
	queues     []*queue

	abort context.CancelCauseFunc

	exclusive sync.Mutex // held while a subject runs that shares its network

	mu    sync.Mutex // guards what follows, references, the queues and Progress
	infos map[string]SubjectInfo
}

// A queue is what there is to do for one Python.
type queue struct {
	python    string
	reference subject.Subject // nil: recorded
	recorded  *recording.Set  // nil: none
	next      int             // the first behaviour that no job has taken
	jobs      int             // working on it
	results   [][]Result      // by behaviour, then subject
}

// open readies every Python. One that cannot be had is an unavailable version,
// not a failure, as long as there is another.
func (r *runner) open(ctx context.Context) error {
	r.infos = map[string]SubjectInfo{}
	var lacks []error
	for _, python := range r.opts.Pythons {
		q := &queue{python: python, results: make([][]Result, len(r.behaviours))}
		var err error
		if q.recorded, err = r.suite.recordings(python); err != nil {
			return err
		}
		ref := Reference{Python: python, Mode: "recorded"}
		switch {
		case r.opts.Live != nil:
			q.reference, ref, err = r.opts.Live.Open(ctx, python)
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
		case q.recorded == nil:
			err = &UnavailableError{python, errors.New("there are no recordings of it, and no live one")}
		default:
			p := q.recorded.Provenance
			ref.Version, ref.Image, ref.ImageID = p.Version, p.Image, p.ImageID
			ref.Obtained, ref.Platform = p.Obtained, p.Platform
		}
		if lack, ok := errors.AsType[*UnavailableError](err); ok {
			lacks = append(lacks, err)
			r.references = append(r.references, Reference{Python: python, Unavailable: lack.Err.Error()})
			continue
		}
		if err != nil {
			return err
		}
		r.references = append(r.references, ref)
		r.queues = append(r.queues, q)
	}
	if len(r.queues) == 0 {
		return errors.Join(lacks...)
	}
	for _, lack := range lacks {
		r.opts.Progress.Note(lack.Error())
	}
	return nil
}

func (r *runner) run(ctx context.Context) {
	var wg sync.WaitGroup
	for slot := range r.opts.Jobs {
		wg.Go(func() { r.job(ctx, slot) })
	}
	wg.Wait()
}

// job works on one Python after the other, always the one with the most left to
// do for each job on it, since changing over costs new containers.
func (r *runner) job(ctx context.Context, slot int) {
	for {
		q := r.pick()
		if q == nil || ctx.Err() != nil {
			return
		}
		b := newBench(r, q, slot)
		for {
			i, ok := r.take(q)
			if !ok || ctx.Err() != nil {
				break
			}
			results := b.check(ctx, r.behaviours[i])
			if ctx.Err() != nil {
				break // half a verdict is none
			}
			r.report(q, i, results)
		}
		b.close()
		r.mu.Lock()
		q.jobs--
		r.mu.Unlock()
	}
}

func (r *runner) pick() *queue {
	r.mu.Lock()
	defer r.mu.Unlock()
	var best *queue
	share := func(q *queue) float64 { return float64(len(r.behaviours)-q.next) / float64(q.jobs+1) }
	for _, q := range r.queues {
		if q.next < len(r.behaviours) && (best == nil || share(q) > share(best)) {
			best = q
		}
	}
	if best != nil {
		best.jobs++
	}
	return best
}

func (r *runner) take(q *queue) (int, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if q.next == len(r.behaviours) {
		return 0, false
	}
	q.next++
	return q.next - 1, true
}

func (r *runner) report(q *queue, i int, results []Result) {
	r.mu.Lock()
	defer r.mu.Unlock()
	q.results[i] = results
	for _, res := range results {
		r.opts.Progress.Result(res)
	}
}

func (r *runner) note(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.opts.Progress.Note(fmt.Sprintf(format, args...))
}

// met notes which CPython a queue's reference turned out to be.
func (r *runner) met(q *queue, h subject.Hello) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := range r.references {
		if r.references[i].Python == q.python {
			r.references[i].Version, r.references[i].Platform = h.Version, h.Platform
		}
	}
}

// unmet ends the run if a queue's reference has never started.
func (r *runner) unmet(q *queue, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, ref := range r.references {
		if ref.Python == q.python && ref.Version == "" {
			r.abort(&unableError{fmt.Errorf("the reference of Python %s: %w", q.python, err)})
		}
	}
}

// learn remembers what a subject said of itself.
func (r *runner) learn(s subject.Subject, h subject.Hello) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.infos[s.Name()] = SubjectInfo{
		Name: s.Name(), Implementation: h.Implementation, Version: h.Version,
		Platform: h.Platform, Where: s.Where(),
	}
}

// started reports whether a subject has ever introduced itself in this run.
func (r *runner) started(s subject.Subject) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, ok := r.infos[s.Name()]
	return ok
}

func (r *runner) subjectInfos() []SubjectInfo {
	infos := make([]SubjectInfo, len(r.opts.Subjects))
	for i, s := range r.opts.Subjects {
		if info, ok := r.infos[s.Name()]; ok {
			infos[i] = info
		} else {
			infos[i] = SubjectInfo{Name: s.Name(), Where: s.Where()}
		}
	}
	return infos
}

// collect puts the results in the order of the corpus, whatever order the jobs
// finished in.
func (r *runner) collect() []Result {
	var all []Result
	for i, b := range r.behaviours {
		for si, s := range r.opts.Subjects {
			for _, q := range r.queues {
				if q.results[i] == nil {
					all = append(all, Result{
						Behaviour: b, Subject: s.Name(), Python: q.python,
						Verdict: NotRun, Reason: "the run ended before",
					})
					continue
				}
				all = append(all, q.results[i][si])
			}
		}
	}
	return slices.Clip(all)
}
