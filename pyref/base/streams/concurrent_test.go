package streams_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/pyparity/pyparity/pyref/base/streams"
)

// A gate is a raw stream whose calls wait until they are let through.
type gate struct {
	fake
	entered, let chan struct{}
	fails        error
}

func newGate(fails error) *gate {
	return &gate{entered: make(chan struct{}, 10), let: make(chan struct{}, 10), fails: fails}
}

func (g *gate) ReadInto(p []byte) (int, error) {
	g.entered <- struct{}{}
	<-g.let
	return copy(p, "ab"), nil
}

func (g *gate) WriteSome([]byte) (int, error) {
	g.entered <- struct{}{}
	<-g.let
	return 0, g.fails
}

func (g *gate) Closed() (bool, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.closed, nil
}

func (g *gate) Close() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed = true
	return nil
}

// What a close could not write is lost, and a flush that waited for its turn meanwhile
// has nothing to write.
func TestFlushBehindAFailedClose(t *testing.T) {
	for range 200 {
		raw := newGate(errors.New("no"))
		b, err := host.NewWriter(raw, 8)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.Write([]byte("abcd")); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		wg.Go(func() { _ = b.Close() })
		<-raw.entered
		for range 4 {
			wg.Go(func() { _ = b.Flush() })
		}
		time.Sleep(100 * time.Microsecond) // they wait for their turn
		for range 5 {
			raw.let <- struct{}{}
		}
		wg.Wait()
	}
}

// A call whose stream another detaches under it says so.
func TestDetachUnderARead(t *testing.T) {
	raw := newGate(nil)
	b, err := host.NewReader(raw, 1)
	if err != nil {
		t.Fatal(err)
	}
	read := make(chan error)
	go func() {
		_, err := b.ReadInto(make([]byte, 4))
		read <- err
	}()
	<-raw.entered
	if _, err := b.Detach(); err != nil {
		t.Fatal(err)
	}
	raw.let <- struct{}{}
	var failed *raised
	if err := <-read; !errors.As(err, &failed) || failed.class != streams.ValueError || failed.args[0] != "raw stream has been detached" {
		t.Error(err)
	}
}

func TestDetachUnderAReadOfText(t *testing.T) {
	raw := newGate(nil)
	b, err := host.NewReader(raw, 1)
	if err != nil {
		t.Fatal(err)
	}
	text, err := host.NewText(b, streams.Options{})
	if err != nil {
		t.Fatal(err)
	}
	read := make(chan error)
	go func() {
		_, err := text.ReadChars(4)
		read <- err
	}()
	<-raw.entered
	if _, err := text.Detach(); err != nil {
		t.Fatal(err)
	}
	raw.let <- struct{}{}
	var failed *raised
	if err := <-read; !errors.As(err, &failed) || failed.class != streams.ValueError || failed.args[0] != "underlying buffer has been detached" {
		t.Error(err)
	}
}
