//go:build linux

package socket_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/pyparity/pyparity/impl/socket"
)

// heard is a module whose events are noted, and refused as refuse says.
func heard(refuse func(event string) error) (m *socket.Module, events *[]string) {
	m, events = new(socket.Module), new([]string)
	m.AddAuditHook(func(event string, args ...any) error {
		for i, arg := range args {
			if s, ok := arg.(*socket.Socket); ok {
				args[i] = fmt.Sprint("fd ", s.Fileno() >= 0)
			}
		}
		*events = append(*events, strings.TrimSuffix(fmt.Sprintln(append([]any{event}, args...)...), "\n"))
		return refuse(event)
	})
	return m, events
}

func TestHooksHearOfTheirModule(t *testing.T) {
	m, events := heard(func(string) error { return nil })
	l := must(m.CreateServer(socket.Inet4{Host: "127.0.0.1"}, socket.ServerOptions{}))
	defer l.Close()
	must(socket.GetServByName("http")) // of another module
	must(m.Thread().GetHostByName("127.0.0.1"))
	must(m.Given("as given").GetHostByName("127.0.0.1"))
	must(m.GetServByPort(80))
	want := []string{
		"socket.__new__ fd false 2 1 0", "socket.bind fd true ('127.0.0.1', 0)",
		"socket.gethostbyname 127.0.0.1", "socket.gethostbyname as given", "socket.getservbyport 80 <nil>",
	}
	if fmt.Sprint(*events) != fmt.Sprint(want) {
		t.Errorf("events %q, want %q", *events, want)
	}
}

func TestAHookRefuses(t *testing.T) {
	refused := errors.New("refused")
	m, events := heard(func(event string) error {
		if event == "socket.connect" {
			return refused
		}
		return nil
	})
	l := must(m.CreateServer(socket.Inet4{Host: "127.0.0.1"}, socket.ServerOptions{}))
	defer l.Close()
	later := false
	m.AddAuditHook(func(event string, _ ...any) error {
		later = later || event == "socket.connect"
		return nil
	})
	s := must(m.New(-1, -1, -1))
	defer s.Close()
	if err := s.Connect(must(l.GetSockName())); !errors.Is(err, refused) {
		t.Errorf("Connect: %v", err)
	}
	if _, err := s.ConnectEx(must(l.GetSockName())); !errors.Is(err, refused) {
		t.Errorf("ConnectEx: %v", err)
	}
	if _, err := s.GetPeerName(); err == nil {
		t.Error("it is connected")
	}
	if later {
		t.Errorf("a later hook heard of it: %q", *events)
	}
}

// Hooks may be added while others are called.
func TestHooksFromManyGoroutines(t *testing.T) {
	var m socket.Module
	var heard atomic.Int32
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			m.AddAuditHook(func(string, ...any) error { heard.Add(1); return nil })
			must(m.GetHostName())
		})
	}
	all.Wait()
	before := heard.Load()
	must(m.GetHostName())
	if n := heard.Load() - before; n != 8 {
		t.Errorf("%d of 8 hooks were called", n)
	}
}
