package pysocket

import (
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/socket"
)

// unclosedPrefix is what a warning about an unclosed socket says before its repr.
const unclosedPrefix = "unclosed "

// unclosed warns about a socket that is collected while it is open, as the C
// class does when it finalises one. It runs on a goroutine of the garbage collector.
func (m *module) unclosed(sock *socket.Socket) {
	m.mu.Lock()
	class := m.class
	if other := m.others[sock.Fileno()]; other != nil {
		class = other
	}
	m.mu.Unlock()
	o := &object{m: m, class: class, sock: sock}
	_ = m.warn(pyval.ResourceWarning, unclosedPrefix+o.String()) // an exception is nobody's: CPython prints it
}
