package socket

import "math"

// SendFDs is Python's socket.send_fds: SendMsg of the buffers and descriptors.
// Python's function takes flags and an address too, and ignores them.
func SendFDs(s *Socket, buffers [][]byte, fds []int) (int, error) {
	if err := checkInts(fds...); err != nil {
		return 0, err
	}
	return s.SendMsg(buffers, []Ancillary{Rights(fds...)}, 0, nil)
}

// RecvFDs is Python's socket.recv_fds: RecvMsg of up to n bytes and maxFDs
// descriptors, which belong to the receiver. Descriptors that there is no room
// for are lost, which MSG_CTRUNC in the message's Flags says. Python's function
// takes flags too, and ignores them: as there, processes that are started inherit
// the descriptors, unless RecvMsg with MSG_CMSG_CLOEXEC is called instead.
func RecvFDs(s *Socket, n, maxFDs int) (data []byte, fds []int, message Message, err error) {
	size, err := CmsgLen(4 * min(max(maxFDs, -1), math.MaxInt/4)) // what is out of range stays so
	if err != nil {
		return nil, nil, Message{}, err
	}
	data, message, err = s.RecvMsg(n, size, 0)
	return data, message.FDs(), message, err
}
