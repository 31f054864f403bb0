package socket

import (
	"encoding/binary"

	"github.com/pyparity/pyparity/pyref/base/unix"

	"github.com/pyparity/pyparity/impl/internal/cmsg"
	"github.com/pyparity/pyparity/impl/pyerr"
)

// An Ancillary is an item of ancillary data, a control message: Python's tuple
// (cmsg_level, cmsg_type, cmsg_data).
type Ancillary struct {
	Level, Type int    // SOL_SOCKET and SCM_RIGHTS, IPPROTO_IP and IP_TTL, …
	Data        []byte // as the kernel has it
}

// A Message is what a received message has besides its data: the last three
// items of the tuple that Python's recvmsg returns.
type Message struct {
	Ancillary []Ancillary
	Flags     int  // MSG_TRUNC if data was cut off, MSG_CTRUNC if ancillary data was, …
	From      Addr // nil: None

	// Malformed is Python's RuntimeWarning "received malformed or
	// improperly-truncated ancillary data".
	Malformed bool
	// Unpadded says that the last item of several ends where the buffer does,
	// without the padding that CmsgSpace counts. A Python that was built with a
	// glibc before 2.36 does not find such an item.
	Unpadded bool
}

// Rights is an item that passes descriptors on to the process that receives it,
// over an AF_UNIX socket. They stay open here.
func Rights(fds ...int) Ancillary {
	data := make([]byte, 0, 4*len(fds))
	for _, fd := range fds {
		data = binary.NativeEndian.AppendUint32(data, uint32(int32(fd)))
	}
	return Ancillary{Level: SOL_SOCKET, Type: SCM_RIGHTS, Data: data}
}

// FDs lists the descriptors in an item of type SCM_RIGHTS; another has none.
func (a Ancillary) FDs() []int {
	if a.Level != SOL_SOCKET || a.Type != SCM_RIGHTS {
		return nil
	}
	fds := make([]int, len(a.Data)/4)
	for i := range fds {
		fds[i] = int(int32(binary.NativeEndian.Uint32(a.Data[4*i:])))
	}
	return fds
}

// FDs lists the descriptors that came with the message. They are open, and
// belong to the receiver.
func (m Message) FDs() []int {
	var fds []int
	for _, item := range m.Ancillary {
		fds = append(fds, item.FDs()...)
	}
	return fds
}

// CloseFDs closes the descriptors that came with the message, for a receiver
// that does not want them.
func (m Message) CloseFDs() {
	for _, fd := range m.FDs() {
		_ = unix.Close(fd)
	}
}

// CmsgLen is Python's socket.CMSG_LEN (socket_CMSG_LEN): the length of an item of
// ancillary data with n bytes, without the padding after it. It fails with
// OverflowError.
func CmsgLen(n int) (int, error) {
	length, ok := cmsg.Len(n)
	if !ok {
		return 0, pyerr.OverflowError.New("CMSG_LEN() argument out of range")
	}
	return length, nil
}

// CmsgSpace is Python's socket.CMSG_SPACE (socket_CMSG_SPACE): the room that an
// item of ancillary data with n bytes takes in a buffer. It fails with
// OverflowError.
func CmsgSpace(n int) (int, error) {
	size, ok := cmsg.Space(n)
	if !ok {
		return 0, pyerr.OverflowError.New("CMSG_SPACE() argument out of range")
	}
	return size, nil
}

// total is how many bytes the buffers have.
func total(buffers [][]byte) int {
	n := 0
	for _, buf := range buffers {
		n += len(buf)
	}
	return n
}
