package conformance

import (
	"context"
	"errors"
	"io"
	"runtime"

	"github.com/pyparity/pyparity/conformance/speed"
	"github.com/pyparity/pyparity/pyref"
)

// SpeedCommand is the subcommand of pyparity that measures for [Bed.Speed].
const SpeedCommand = "speed-worker"

// speedHost is a name in the hosts file of the fixtures, and of any machine.
const speedHost = "localhost"

// Speed measures the port, Go's net and CPython. The workers are processes in
// containers of one image; without Docker CPython is left out, and the others are
// measured in this process.
func (b *Bed) Speed(ctx context.Context, python string, opts speed.Options) (results *speed.Results, err error) {
	opts.Host = speedHost
	if b.session == nil {
		stream, stop := localSpeed()
		defer func() { err = errors.Join(err, stop()) }()
		return b.speed(ctx, "", opts, []speed.Lane{{Name: speed.Port, Stream: stream}, {Name: speed.Net, Stream: stream}})
	}
	image, err := b.images.get(ctx, python)
	if err != nil {
		return nil, err
	}
	binary, err := b.session.Binary(ctx)
	if err != nil {
		return nil, err
	}
	inGo, err := b.session.Command(ctx, image, hostname(0), binary, SpeedCommand)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, inGo.Close()) }()
	inPython, err := b.session.Script(ctx, image, hostname(1), speed.Script)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, inPython.Close()) }()
	port := speedStream(inGo)
	return b.speed(ctx, python, opts, []speed.Lane{
		{Name: speed.Port, Stream: port}, {Name: speed.Net, Stream: port}, {Name: speed.CPython, Stream: speedStream(inPython)},
	})
}

func (b *Bed) speed(ctx context.Context, python string, opts speed.Options, lanes []speed.Lane) (*speed.Results, error) {
	results, err := speed.Run(ctx, lanes, opts)
	if err != nil {
		return nil, err
	}
	results.Python, results.Go, results.Rounds = python, runtime.Version(), opts.Rounds
	return results, nil
}

func speedStream(p *pyref.Process) *speed.Stream { return speed.NewStream(p.Stdin(), p.Stdout()) }

// localSpeed is a worker in this process.
func localSpeed() (stream *speed.Stream, stop func() error) {
	requests, stdin := io.Pipe()
	stdout, answers := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := speed.Serve(requests, answers)
		_ = answers.CloseWithError(err) // of a pipe
		ended <- err
	}()
	return speed.NewStream(stdin, stdout), func() error {
		_ = stdin.Close() // of a pipe
		return <-ended
	}
}
