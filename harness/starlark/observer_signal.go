package starlark

import (
	"bytes"
	"errors"
	"runtime"
	"sync"
	"time"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/pyref/base/unix"
)

// Linux's numbers.
const (
	sigAlarm  = 14
	itimeReal = 0
)

// signals is the observer signal of one behaviour. Python runs a handler in its
// main thread, which is that of the steps, and so in the middle of the call that
// waits there. Here the timer is the session's own, for several behaviours may
// share a process, and a handler runs in a goroutine of its own, while the call
// waits.
type signals struct {
	session *session
	main    string // the goroutine of the steps

	handling sync.Mutex // held while a handler runs

	mu        sync.Mutex
	handler   starlark.Value // of SIGALRM; nil for none
	timer     *time.Timer
	err       error  // what a handler raised, until the steps take it
	ran       bool   // a handler has ended since the steps began to wait
	interrupt func() // ends the wait of the steps; nil while there is none
}

// module is what steps see.
func (sig *signals) module() *starlarkstruct.Module {
	m := observerModule("signal",
		pythonFunction("signal", "number handler", func(_ *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
			if number, ok := args[0].(starlark.Int); !ok || number != starlark.MakeInt(sigAlarm) {
				return nil, pyval.ValueError.Errorf("only SIGALRM has a handler here")
			}
			if _, ok := args[1].(starlark.Callable); !ok {
				return nil, pyval.TypeError.Errorf("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object")
			}
			sig.mu.Lock()
			defer sig.mu.Unlock()
			sig.handler = args[1]
			return starlark.None, nil
		}),
		pyval.NewFunction("setitimer", "which seconds interval?", sig.setTimer),
	)
	m.Members["SIGALRM"], m.Members["ITIMER_REAL"] = starlark.MakeInt(sigAlarm), starlark.MakeInt(itimeReal)
	return m
}

// setTimer starts the timer, or stops it if there are no seconds.
func (sig *signals) setTimer(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
	seconds, err := duration(thread, args[1])
	if err != nil {
		return nil, err
	}
	var interval time.Duration
	if args[2] != nil {
		if interval, err = duration(thread, args[2]); err != nil {
			return nil, err
		}
	}
	sig.stop()
	if seconds <= 0 {
		return starlark.None, nil
	}
	sig.mu.Lock()
	defer sig.mu.Unlock()
	var timer *time.Timer
	timer = time.AfterFunc(seconds, func() {
		sig.deliver()
		sig.mu.Lock()
		defer sig.mu.Unlock()
		if interval > 0 && sig.timer == timer {
			timer.Reset(interval)
		}
	})
	sig.timer = timer
	return starlark.None, nil
}

// stop stops the timer.
func (sig *signals) stop() {
	sig.mu.Lock()
	defer sig.mu.Unlock()
	if sig.timer != nil {
		sig.timer.Stop()
		sig.timer = nil
	}
}

// deliver runs the handler, and interrupts the wait of the steps. What it raises ends
// that; where there is none it is raised by the next one, or at the end of the step.
func (sig *signals) deliver() {
	sig.handling.Lock()
	defer sig.handling.Unlock()
	sig.mu.Lock()
	handler := sig.handler
	sig.mu.Unlock()
	if handler == nil {
		return
	}
	thread, done := sig.session.thread("signal")
	defer done()
	_, err := pyval.Call(thread, handler, starlark.Tuple{starlark.MakeInt(sigAlarm), starlark.None}, nil)
	sig.mu.Lock()
	defer sig.mu.Unlock()
	if err != nil {
		sig.err = asException(asPython(err))
	}
	sig.ran = true
	if sig.interrupt != nil {
		sig.interrupt()
	}
}

// raised takes what a handler raised.
func (sig *signals) raised() error {
	sig.mu.Lock()
	defer sig.mu.Unlock()
	err := sig.err
	sig.err = nil
	return err
}

// waiting is Env.Waiting. Calls of spawn are not interrupted, and a call goes on
// only after a handler that has begun: Python runs it in the middle of the call.
func (sig *signals) waiting(wait func() error, interrupt func()) error {
	if !sig.begin(interrupt) {
		return wait()
	}
	if err := sig.raised(); err != nil {
		return err
	}
	for {
		result := wait()
		sig.mu.Lock()
		again := sig.ran && errors.Is(result, unix.EINTR)
		sig.ran = false
		if !again {
			sig.interrupt = nil
		}
		sig.mu.Unlock()
		sig.letHandle()
		if err := sig.raised(); err != nil {
			sig.end()
			return err
		}
		if !again {
			return result
		}
	}
}

// interruptible is waiting for a wait that is told by a channel that it is to end, with
// EINTR.
func (sig *signals) interruptible(wait func(interrupted <-chan struct{}) error) error {
	interrupted := make(chan struct{}, 1)
	return sig.waiting(func() error { return wait(interrupted) }, func() {
		select {
		case interrupted <- struct{}{}:
		default: // it is told already
		}
	})
}

// letHandle waits until no handler runs.
func (sig *signals) letHandle() {
	sig.handling.Lock()
	defer sig.handling.Unlock()
}

// end notes that the steps wait no more.
func (sig *signals) end() {
	sig.mu.Lock()
	defer sig.mu.Unlock()
	sig.interrupt = nil
}

// begin notes the wait of the steps, if there can be a signal for it.
func (sig *signals) begin(interrupt func()) bool {
	sig.mu.Lock()
	defer sig.mu.Unlock()
	if sig.handler == nil || goroutine() != sig.main {
		return false
	}
	sig.interrupt, sig.ran = interrupt, false
	return true
}

// goroutine names the present goroutine. A call that waits knows nothing else of
// who makes it.
func goroutine() string {
	buffer := make([]byte, 64)
	buffer = buffer[:runtime.Stack(buffer, false)]
	name, _, _ := bytes.Cut(buffer, []byte(" ["))
	return string(name)
}
