package speed

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"
)

// Script is the worker for CPython, to be run with the interpreter's -c.
//
//go:embed bench.py
var Script string

// A Lane is one of those who are measured, behind its worker's standard streams.
// Two lanes may share a worker.
type Lane struct {
	Name   string
	Stream *Stream
}

// A Stream is a worker's standard input and output.
type Stream struct {
	encoder *json.Encoder
	decoder *json.Decoder
}

// NewStream is the stream of a worker that has been started.
func NewStream(stdin io.Writer, stdout io.Reader) *Stream {
	return &Stream{json.NewEncoder(stdin), json.NewDecoder(stdout)}
}

func (s *Stream) ask(req request) (int64, error) {
	if err := s.encoder.Encode(req); err != nil {
		return 0, err
	}
	var ans answer
	if err := s.decoder.Decode(&ans); err != nil {
		return 0, fmt.Errorf("the worker does not answer: %w", err)
	}
	if ans.Error != "" {
		return 0, fmt.Errorf("%s: %s", req.Op, ans.Error)
	}
	return ans.Value, nil
}

// Options are what Run may be told.
type Options struct {
	Rounds int           // how often every lane has its turn
	Slice  time.Duration // how long a turn is to take
	Host   string        // a name in the workers' hosts file
	Note   func(string)  // told what is being measured
}

// Run measures every scenario in the lanes, the first of which is the port.
func Run(ctx context.Context, lanes []Lane, opts Options) (*Results, error) {
	results := new(Results)
	for _, scenario := range Scenarios {
		opts.Note(scenario.Title)
		result := Result{Scenario: scenario, Samples: map[string][]float64{}}
		var err error
		if scenario.Name == memoryScenario {
			err = measureMemory(ctx, lanes, opts, &result)
		} else {
			err = measureTime(ctx, lanes, opts, &result)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", scenario.Title, err)
		}
		result.sum(lanes)
		results.Scenarios = append(results.Scenarios, result)
	}
	return results, nil
}

// measureTime lets the lanes take turns. Lanes of one worker are opened one at a
// time, so every turn opens and closes, which is not timed.
func measureTime(ctx context.Context, lanes []Lane, opts Options, result *Result) error {
	counts := make([]int, len(lanes))
	for i, lane := range lanes {
		n, err := lane.calibrate(result.Name, opts)
		if err != nil {
			return fmt.Errorf("%s: %w", lane.Name, err)
		}
		counts[i] = n
	}
	for round := range opts.Rounds {
		for turn := range lanes {
			if err := context.Cause(ctx); err != nil {
				return err
			}
			i := (turn + round) % len(lanes)
			lane, n := lanes[i], counts[i]
			took, err := lane.turn(result.Name, opts, n/warmUp, n)
			if err != nil {
				return fmt.Errorf("%s: %w", lane.Name, err)
			}
			result.Samples[lane.Name] = append(result.Samples[lane.Name], float64(took)/float64(n))
		}
	}
	return nil
}

// warmUp is the part of a turn that is done before it without being timed.
const warmUp = 10

// calibrate finds how many operations fill a slice.
func (l Lane) calibrate(scenario string, opts Options) (int, error) {
	for n := 16; ; n *= 2 {
		took, err := l.turn(scenario, opts, n, n)
		if err != nil {
			return 0, err
		}
		if time.Duration(took) >= opts.Slice/2 || n >= 1<<24 {
			return max(n, int(float64(n)*float64(opts.Slice)/float64(max(took, 1)))), nil
		}
	}
}

// turn opens a scenario, does it, and closes it.
func (l Lane) turn(scenario string, opts Options, warm, n int) (int64, error) {
	if _, err := l.Stream.ask(request{Op: opOpen, Lane: l.Name, Scenario: scenario, Host: opts.Host}); err != nil {
		return 0, err
	}
	if warm > 0 {
		if _, err := l.Stream.ask(request{Op: opRun, N: warm}); err != nil {
			return 0, err
		}
	}
	value, err := l.Stream.ask(request{Op: opRun, N: n})
	if err != nil {
		return 0, err
	}
	_, err = l.Stream.ask(request{Op: opClose})
	return value, err
}

// measureMemory has few rounds: what the first one took is only partly given back.
func measureMemory(ctx context.Context, lanes []Lane, opts Options, result *Result) error {
	for _, lane := range lanes {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		bytes, err := lane.turn(result.Name, opts, 0, receivers)
		if err != nil {
			return fmt.Errorf("%s: %w", lane.Name, err)
		}
		result.Samples[lane.Name] = []float64{float64(bytes)}
	}
	return nil
}

// Results are what a run measured.
type Results struct {
	Python    string   `json:"python,omitempty"` // empty: CPython was not measured
	Go        string   `json:"go"`
	Rounds    int      `json:"rounds"`
	Scenarios []Result `json:"scenarios"`
}

// A Result is one scenario in every lane.
type Result struct {
	Scenario
	Samples map[string][]float64 `json:"samples"` // by lane, one a round
	Lanes   map[string]Spread    `json:"lanes"`   // of the samples
	Ratios  map[string]Spread    `json:"ratios"`  // of the port to the other lanes
	Targets []Outcome            `json:"targets,omitempty"`
}

// An Outcome says whether a target was reached.
type Outcome struct {
	Text  string  `json:"text"`
	Value float64 `json:"value"`
	Limit float64 `json:"limit"`
	Met   bool    `json:"met"`
}

func (r *Result) sum(lanes []Lane) {
	r.Lanes, r.Ratios = map[string]Spread{}, map[string]Spread{}
	for _, lane := range lanes {
		r.Lanes[lane.Name] = spread(r.Samples[lane.Name])
		if lane.Name != Port {
			r.Ratios[lane.Name] = spread(ratios(r.Samples[Port], r.Samples[lane.Name]))
		}
	}
	for _, target := range r.Scenario.Targets {
		if outcome, ok := r.judge(target, lanes); ok {
			r.Targets = append(r.Targets, outcome)
		}
	}
}

// judge compares with a target. It cannot where the lane was not measured.
func (r *Result) judge(target Target, lanes []Lane) (Outcome, bool) {
	if target.Bytes > 0 {
		value := r.Lanes[Port].Median
		return Outcome{fmt.Sprintf("under %.0f B", target.Bytes), value, target.Bytes, value < target.Bytes}, true
	}
	against := target.Against
	if against == best {
		fastest := slices.MinFunc(lanes, func(a, b Lane) int {
			return int(r.Lanes[a.Name].Median - r.Lanes[b.Name].Median)
		})
		against = fastest.Name
	}
	ratio := Spread{Median: 1}
	if against != Port {
		var ok bool
		if ratio, ok = r.Ratios[against]; !ok {
			return Outcome{}, false
		}
	}
	return Outcome{
		Text:  fmt.Sprintf("at most %.2f × %s", target.Ratio, target.Against),
		Value: ratio.Median, Limit: target.Ratio, Met: ratio.Median <= target.Ratio,
	}, true
}
