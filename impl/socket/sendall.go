package socket

import (
	"time"

	"github.com/pyparity/pyparity/impl/pyerr"
)

// SendAll is Python's socket.sendall (sock_sendall): it sends everything. The
// timeout is one for all parts together. If it fails, with what Send fails
// with, there is no saying how much was sent.
func (s *Socket) SendAll(data []byte, flags int) error {
	if err := checkInt(flags); err != nil {
		return err
	}
	timeout := s.GetTimeout()
	var end time.Time
	if timeout > 0 {
		end = time.Now().Add(time.Duration(timeout))
	}
	// The first part is tried however little time there is.
	for left := timeout; ; left = Timeout(time.Until(end)) {
		var deadline time.Time
		if timeout > 0 {
			if left <= 0 {
				return pyerr.TimedOut()
			}
			deadline = left.deadline()
		}
		n, err := s.send(data, flags, nil, deadline)
		if err != nil {
			return err
		}
		if data = data[n:]; len(data) == 0 {
			return nil
		}
	}
}
