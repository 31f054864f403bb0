package pyref

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/moby/moby/api/pkg/stdcopy"
	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/client"
	"github.com/testcontainers/testcontainers-go"

	"github.com/pyparity/pyparity/harness/subject"
)

// A Process is a command in a container of its own, behind its standard
// streams. Closing Stdin ends what reads it; Close ends everything.
type Process struct {
	session *Session
	id      string
	stream  client.HijackedResponse
	stdout  *io.PipeReader
	stderr  subject.Tail

	removed chan struct{} // closed once Docker has removed the container
	status  int64         // valid from then on
	lost    error         // why the status is not known

	closing sync.Once
	closed  error
}

var _ subject.Process = (*Process)(nil)

// newProcess makes a container, attaches to it and only then starts it, so that
// nothing of what it prints is lost.
func (s *Session) newProcess(ctx context.Context, request testcontainers.ContainerRequest) (*Process, error) {
	made, err := s.provider.CreateContainer(ctx, request)
	if err != nil {
		if made != nil {
			err = errors.Join(err, s.removeContainer(ctx, made.GetContainerID()))
		}
		return nil, err
	}
	p := &Process{session: s, id: made.GetContainerID(), removed: make(chan struct{})}
	if err := p.attach(ctx); err != nil {
		return nil, errors.Join(err, s.removeContainer(ctx, p.id))
	}
	p.watch()
	if !s.adopt(p) {
		return nil, errors.Join(errors.New("the session is closed"), p.Close())
	}
	if err := made.Start(ctx); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

// adopt notes a process, for Close to end it. It refuses once Close has begun.
func (s *Session) adopt(p *Process) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.processes[p] = struct{}{}
	return true
}

func (s *Session) forget(p *Process) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.processes, p)
}

func (p *Process) attach(ctx context.Context) error {
	attached, err := p.session.docker.ContainerAttach(ctx, p.id, client.ContainerAttachOptions{
		Stream: true, Stdin: true, Stdout: true, Stderr: true})
	if err != nil {
		return fmt.Errorf("attach: %w", err)
	}
	p.stream = attached.HijackedResponse
	reader, writer := io.Pipe()
	p.stdout = reader
	go func() {
		_, err := stdcopy.StdCopy(writer, &p.stderr, p.stream.Reader)
		writer.CloseWithError(err) // io.EOF, where nothing broke
	}()
	return nil
}

// watch waits for the container's removal. It is asked for before the start, or
// a command that ends at once would be missed.
func (p *Process) watch() {
	ended := p.session.docker.ContainerWait(context.Background(), p.id,
		client.ContainerWaitOptions{Condition: container.WaitConditionRemoved})
	go func() {
		defer close(p.removed)
		select {
		case end := <-ended.Result:
			p.status = end.StatusCode
		case p.lost = <-ended.Error:
		}
	}()
}

// ID is the container's, as Docker names it.
func (p *Process) ID() string { return p.id }

// Stdin is the command's standard input.
func (p *Process) Stdin() io.WriteCloser { return stdin{p} }

type stdin struct{ p *Process }

func (s stdin) Write(data []byte) (int, error) { return s.p.stream.Conn.Write(data) }
func (s stdin) Close() error                   { return s.p.stream.CloseWrite() }

// Stdout is the command's standard output. Its end is also seen when the
// container ends.
func (p *Process) Stdout() io.Reader { return p.stdout }

// Stderr returns the last that the command wrote to standard error.
func (p *Process) Stderr() string { return p.stderr.String() }

// Wait waits until the command has ended and its container is gone, and returns
// its exit status: 128 and the signal's number for one that was killed.
func (p *Process) Wait(ctx context.Context) (status int, err error) {
	select {
	case <-p.removed:
		return int(p.status), p.lost
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// removal bounds how long Docker may take to remove a container that was killed.
const removal = 30 * time.Second

// politeness is how long a command may take to end after its input did, as a
// program should: it may have something to tidy up.
const politeness = 5 * time.Second

// Close ends the command's input, kills it if it does not end for that, and
// removes its container; it returns once that is gone. Further calls return what
// the first did.
func (p *Process) Close() error {
	p.closing.Do(func() {
		if p.stream.Conn != nil && p.stream.CloseWrite() == nil {
			select {
			case <-p.removed:
			case <-time.After(politeness):
			}
		}
		ctx, cancel := context.WithTimeout(context.Background(), removal)
		defer cancel()
		p.closed = p.session.removeContainer(ctx, p.id)
		if p.closed == nil {
			select {
			case <-p.removed:
			case <-ctx.Done():
				p.closed = fmt.Errorf("container %.12s is still there %v after it was killed", p.id, removal)
			}
		}
		p.stream.Close()
		_ = p.stdout.Close() // a pipe within this process
		p.session.forget(p)
	})
	return p.closed
}
