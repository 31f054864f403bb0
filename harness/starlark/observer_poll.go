package starlark

import (
	"math"
	"math/big"
	"slices"
	"time"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/pyref/base/unix"
)

var pollClass = &pyval.Class{Module: "select", Short: "poll"}

// pollEvents are the events that descriptors are asked for and have.
var pollEvents = starlark.StringDict{
	"POLLIN": starlark.MakeInt(unix.POLLIN), "POLLPRI": starlark.MakeInt(unix.POLLPRI), "POLLOUT": starlark.MakeInt(unix.POLLOUT),
	"POLLERR": starlark.MakeInt(unix.POLLERR), "POLLHUP": starlark.MakeInt(unix.POLLHUP),
	"POLLNVAL": starlark.MakeInt(unix.POLLNVAL), "POLLRDHUP": starlark.MakeInt(unix.POLLRDHUP),
}

// A poller is what select.poll() makes: descriptors in the order in which they were
// registered, each with the events that are asked for.
type poller struct {
	signals *signals
	asked   []unix.PollFd
	waiting bool
}

var _ pyval.Object = (*poller)(nil)

func pollFunction(sig *signals) *pyval.Function {
	return pyval.NewFunction("select.poll", "", func(*starlark.Thread, []starlark.Value, starlark.Tuple) (starlark.Value, error) {
		return &poller{signals: sig}, nil
	})
}

func (p *poller) String() string        { return "<select.poll object>" }
func (p *poller) Type() string          { return pollClass.Short }
func (p *poller) PyClass() *pyval.Class { return pollClass }
func (p *poller) PyState() []pyval.Attr { return nil }
func (p *poller) Freeze()               {}
func (p *poller) Truth() starlark.Bool  { return true }
func (p *poller) Hash() (uint32, error) { return 0, nil }
func (p *poller) AttrNames() []string   { return []string{"modify", "poll", "register", "unregister"} }

func (p *poller) Attr(name string) (starlark.Value, error) {
	switch name {
	case "register":
		return pyval.NewFunction("poll.register", "fd eventmask?", p.register), nil
	case "modify":
		return pyval.NewFunction("poll.modify", "fd eventmask", p.modify), nil
	case "unregister":
		return pyval.NewFunction("poll.unregister", "fd", p.unregister), nil
	case "poll":
		return pyval.NewFunction("poll.poll", "timeout?", p.poll), nil
	}
	return nil, nil
}

// find returns the place of a descriptor, or -1.
func (p *poller) find(fd int) int {
	return slices.IndexFunc(p.asked, func(one unix.PollFd) bool { return int(one.Fd) == fd })
}

func (p *poller) register(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
	fd, err := fileDescriptor(thread, args[0])
	if err != nil {
		return nil, err
	}
	events := uint16(unix.POLLIN | unix.POLLPRI | unix.POLLOUT)
	if args[1] != nil {
		if events, err = eventMask(thread, args[1]); err != nil {
			return nil, err
		}
	}
	if at := p.find(fd); at >= 0 {
		p.asked[at].Events = int16(events)
	} else {
		p.asked = append(p.asked, unix.PollFd{Fd: int32(fd), Events: int16(events)})
	}
	return starlark.None, nil
}

func (p *poller) modify(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
	fd, err := fileDescriptor(thread, args[0])
	if err != nil {
		return nil, err
	}
	events, err := eventMask(thread, args[1])
	if err != nil {
		return nil, err
	}
	at := p.find(fd)
	if at < 0 {
		return nil, pyval.NewOSError(unix.ENOENT, nil)
	}
	p.asked[at].Events = int16(events)
	return starlark.None, nil
}

func (p *poller) unregister(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
	fd, err := fileDescriptor(thread, args[0])
	if err != nil {
		return nil, err
	}
	at := p.find(fd)
	if at < 0 {
		return nil, pyval.NewException(pyval.KeyError, starlark.MakeInt(fd))
	}
	p.asked = slices.Delete(p.asked, at, at+1)
	return starlark.None, nil
}

// eventMask reads a C unsigned short.
func eventMask(thread *starlark.Thread, v starlark.Value) (uint16, error) {
	i, err := pyval.Index(thread, v)
	if err != nil {
		if pyval.Python(thread).AtLeast(3, 14) {
			return 0, err
		}
		return 0, pyval.TypeError.Errorf("an integer is required")
	}
	switch {
	case i.Sign() < 0 && pyval.Python(thread).AtLeast(3, 14):
		return 0, pyval.ValueError.Errorf("Cannot convert negative int")
	case i.Sign() < 0:
		return 0, pyval.ValueError.Errorf("value must be positive")
	case !i.IsUint64() && !pyval.Python(thread).AtLeast(3, 14):
		return 0, pyval.OverflowError.Errorf("Python int too large to convert to C unsigned long")
	case !i.IsUint64() || i.Uint64() > 0xffff:
		return 0, pyval.OverflowError.Errorf("Python int too large for C unsigned short")
	}
	return uint16(i.Uint64()), nil
}

func (p *poller) poll(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
	timeout := time.Duration(-1)
	if args[0] != nil && args[0] != starlark.None {
		var err error
		if timeout, err = pollTimeout(thread, args[0]); err != nil {
			return nil, err
		}
	}
	if p.waiting {
		return nil, pyval.RuntimeError.Errorf("concurrent poll() invocation")
	}
	p.waiting = true
	there := slices.Clone(p.asked)
	err := waitInSlices(thread, p.signals, timeout, func(left time.Duration) (int, error) {
		return unix.Poll(there, int((left+time.Millisecond-1)/time.Millisecond))
	})
	p.waiting = false
	if err != nil {
		return nil, osError(err, nil)
	}
	var found []starlark.Value
	for _, one := range there {
		if one.Revents != 0 {
			found = append(found, starlark.Tuple{starlark.MakeInt(int(one.Fd)), starlark.MakeInt(int(uint16(one.Revents)))})
		}
	}
	return starlark.NewList(found), nil
}

// pollTimeout reads milliseconds, an int or a float, rounded up to nanoseconds.
func pollTimeout(thread *starlark.Thread, v starlark.Value) (time.Duration, error) {
	python := pyval.Python(thread)
	var nanoseconds float64
	if f, ok := v.(starlark.Float); ok {
		if math.IsNaN(float64(f)) {
			return 0, pyval.ValueError.Errorf("Invalid value NaN (not a number)")
		}
		nanoseconds = float64(f) * float64(time.Millisecond)
	} else {
		i, err := pyval.Index(thread, v)
		if err != nil {
			return 0, pyval.TypeError.Errorf("timeout must be an integer or None")
		}
		ms, _ := new(big.Float).SetInt(i).Float64()
		nanoseconds = ms * float64(time.Millisecond)
	}
	switch {
	case math.Abs(nanoseconds) >= 1<<63:
		return 0, tooLarge(python, false)
	case nanoseconds > math.MaxInt32*float64(time.Millisecond) && !python.AtLeast(3, 15):
		return 0, pyval.OverflowError.Errorf("timeout is too large")
	case nanoseconds < 0:
		return time.Duration(math.Floor(nanoseconds)), nil
	}
	return time.Duration(math.Ceil(nanoseconds)), nil
}
