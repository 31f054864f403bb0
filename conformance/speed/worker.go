package speed

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"time"
)

// A workload is a scenario made ready in one lane.
type workload struct {
	run   func(n int) error // n operations
	close func() error
	// wait, for the memory scenario instead of run, has so many receivers wait.
	wait func(receivers int) error
}

// Serve measures for the lanes Port and Net as the lines of r ask, until r ends.
func Serve(r io.Reader, w io.Writer) error {
	requests, answers := json.NewDecoder(r), json.NewEncoder(w)
	var current *workload
	for {
		var req request
		if err := requests.Decode(&req); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		var ans answer
		var err error
		switch req.Op {
		case opOpen:
			err = ans.open(req, &current)
		case opRun:
			ans.Value, err = current.measure(req.N)
		case opClose:
			err = current.close()
			current = nil
		default:
			err = fmt.Errorf("unknown op %q", req.Op)
		}
		if err != nil {
			ans.Error = err.Error()
		}
		if err := answers.Encode(ans); err != nil {
			return err
		}
	}
}

func (*answer) open(req request, current **workload) (err error) {
	var lib library
	switch req.Lane {
	case Port:
		lib = portLibrary{}
	case Net:
		lib = netLibrary{}
	default:
		return fmt.Errorf("unknown lane %q", req.Lane)
	}
	*current, err = ready(lib, req)
	return err
}

func ready(lib library, req request) (*workload, error) {
	if network, ok := strings.CutSuffix(req.Scenario, "_echo"); ok {
		return echo(lib, network)
	}
	switch req.Scenario {
	case "tcp_bulk":
		return bulk(lib)
	case "connect":
		return connecting(lib)
	case "getaddrinfo_literal":
		return looking(lib, "127.0.0.1")
	case "getaddrinfo_hosts":
		return looking(lib, req.Host)
	case memoryScenario:
		return waiting(lib)
	}
	return nil, fmt.Errorf("unknown scenario %q", req.Scenario)
}

func (l *workload) measure(n int) (int64, error) {
	if l == nil {
		return 0, errors.New("run without open")
	}
	if l.wait != nil {
		return l.memory(n)
	}
	started := time.Now()
	err := l.run(n)
	return time.Since(started).Nanoseconds(), err
}

// memory is how much resident memory each of n waiting receivers takes.
func (l *workload) memory(n int) (int64, error) {
	before, err := resident()
	if err != nil {
		return 0, err
	}
	if err := l.wait(n); err != nil {
		return 0, err
	}
	time.Sleep(settle)
	after, err := resident()
	return (after - before) / int64(n), err
}

// settle is how long receivers are given to come to where they wait.
const settle = 300 * time.Millisecond

// resident is the process's resident memory in bytes, without garbage.
func resident() (int64, error) {
	debug.FreeOSMemory()
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0, err
	}
	fields := strings.Fields(string(text))
	if len(fields) < 2 {
		return 0, fmt.Errorf("/proc/self/statm is %q", text)
	}
	pages, err := strconv.ParseInt(fields[1], 10, 64)
	return pages * int64(os.Getpagesize()), err
}
