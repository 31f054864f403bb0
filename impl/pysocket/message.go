package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/internal/cmsg"
	"github.com/pyparity/pyparity/impl/socket"
)

// messageMethods is the table of recvmsg, recvmsg_into, sendmsg and sendmsg_afalg. Argument
// Clinic parses for the last one since 3.15.
func (m *module) messageMethods() []pycall.Method {
	takes := pycall.VarArgs
	if m.python.AtLeast(3, 15) {
		takes = pycall.FastCall
	}
	return []pycall.Method{
		{Name: "recvmsg", Takes: pycall.VarArgs, Func: recvmsg},
		{Name: "recvmsg_into", Takes: pycall.VarArgs, Func: recvmsgInto},
		{Name: "sendmsg", Takes: takes, Func: sendmsg},
		{Name: "sendmsg_afalg", Takes: pycall.Keywords, Func: sendmsgAfAlg},
	}
}

// recvmsg is Python's socket.recvmsg (sock_recvmsg).
func recvmsg(c *pycall.Call) (starlark.Value, error) {
	var n, ancillarySize, flags int
	if err := c.ParseTuple("n|ni:recvmsg", &n, &ancillarySize, &flags); err != nil {
		return nil, err
	}
	data, message, err := self(c).sock.RecvMsg(n, ancillarySize, flags)
	if err != nil {
		return nil, err
	}
	if !c.Python.AtLeast(3, 15) {
		data = data[:min(len(data), n)]
	}
	return messageValue(c, starlark.Bytes(data), message)
}

// recvmsgInto is Python's socket.recvmsg_into (sock_recvmsg_into).
func recvmsgInto(c *pycall.Call) (starlark.Value, error) {
	var into starlark.Value
	var ancillarySize, flags int
	if err := c.ParseTuple("O|ni:recvmsg_into", &into, &ancillarySize, &flags); err != nil {
		return nil, err
	}
	items, err := c.Fast(into, "recvmsg_into() argument 1 must be an iterable")
	if err != nil {
		return nil, err
	}
	buffers := make([][]byte, len(items))
	for i := range items {
		err := c.ParseItems(items[i:i+1],
			"w*;recvmsg_into() argument 1 must be an iterable of single-segment read-write buffers", &buffers[i])
		if err != nil {
			return nil, err
		}
	}
	n, message, err := self(c).sock.RecvMsgInto(buffers, ancillarySize, flags)
	if err != nil {
		return nil, err
	}
	return messageValue(c, starlark.MakeInt(n), message)
}

// messageValue is the tuple that recvmsg and recvmsg_into return, which begins
// with the data or its length (sock_recvmsg_guts). If it cannot be made, the
// descriptors that came with the message are closed.
func messageValue(c *pycall.Call, data starlark.Value, message socket.Message) (starlark.Value, error) {
	ancillary := message.Ancillary
	malformed := message.Malformed
	if message.Unpadded && !c.Python.AtLeast(3, 10) {
		// Debian 11, which has Python 3.9, has glibc 2.31.
		ancillary, malformed = ancillary[:len(ancillary)-1], false
	}
	if malformed {
		if err := c.Warn(pyval.RuntimeWarning, "received malformed or improperly-truncated ancillary data"); err != nil {
			message.CloseFDs()
			return nil, err
		}
	}
	items := make([]starlark.Value, len(ancillary))
	for i, item := range ancillary {
		items[i] = starlark.Tuple{starlark.MakeInt(item.Level), starlark.MakeInt(item.Type), starlark.Bytes(item.Data)}
	}
	from, err := addressValue(c.Python, message.From)
	if err != nil {
		message.CloseFDs()
		return nil, err
	}
	return starlark.Tuple{data, starlark.NewList(items), starlark.MakeInt(message.Flags), from}, nil
}

// sendmsg is Python's socket.sendmsg (sock_sendmsg). It reads the address first.
func sendmsg(c *pycall.Call) (starlark.Value, error) {
	var from, ancillary, to starlark.Value
	var flags int
	parse := c.ParseTuple
	if c.Python.AtLeast(3, 15) {
		parse = c.Clinic
	}
	if err := parse("O|OiO:sendmsg", &from, &ancillary, &flags, &to); err != nil {
		return nil, err
	}
	var addr socket.Addr
	if to != nil && to != starlark.None {
		addr = address{c, to}
	}
	n, err := self(c).sock.SendMsgOf(func() (buffers [][]byte, control []socket.Ancillary, err error) {
		if buffers, err = messageBuffers(c, from); err == nil {
			control, err = ancillaryItems(c, ancillary)
		}
		return buffers, control, err
	}, flags, addr)
	return starlark.MakeInt(n), err
}

// messageBuffers reads the data that sendmsg was given (sock_sendmsg_iovec).
func messageBuffers(c *pycall.Call, v starlark.Value) ([][]byte, error) {
	items, err := c.Fast(v, "sendmsg() argument 1 must be an iterable")
	if err != nil {
		return nil, err
	}
	buffers := make([][]byte, len(items))
	for i, item := range items {
		if buffers[i], err = c.Buffer(item); err != nil {
			return nil, err
		}
	}
	return buffers, nil
}

// ancillaryItems reads the ancillary data that sendmsg was given, nil for none. It
// looks at no item after those that are too much.
func ancillaryItems(c *pycall.Call, v starlark.Value) ([]socket.Ancillary, error) {
	if v == nil {
		return nil, nil
	}
	items, err := c.Fast(v, "sendmsg() argument 2 must be an iterable")
	if err != nil {
		return nil, err
	}
	control := make([]socket.Ancillary, len(items))
	var size cmsg.Size
	for i, item := range items {
		to := &control[i]
		err := c.ParseNested(item, "iiy*:[sendmsg() ancillary data items]", &to.Level, &to.Type, &to.Data)
		if err != nil {
			return nil, err
		}
		if err := size.Add(len(to.Data)); err != nil {
			return nil, err
		}
	}
	return control, nil
}

// ancillarySizes is the table of CMSG_LEN and CMSG_SPACE.
func (m *module) ancillarySizes() []pycall.Method {
	return []pycall.Method{
		{Name: "CMSG_LEN", Takes: pycall.VarArgs, Func: ancillarySize("n:CMSG_LEN", socket.CmsgLen)},
		{Name: "CMSG_SPACE", Takes: pycall.VarArgs, Func: ancillarySize("n:CMSG_SPACE", socket.CmsgSpace)},
	}
}

// ancillarySize is socket.CMSG_LEN (socket_CMSG_LEN) or socket.CMSG_SPACE
// (socket_CMSG_SPACE).
func ancillarySize(spec string, size func(int) (int, error)) pycall.Func {
	return func(c *pycall.Call) (starlark.Value, error) {
		var n int
		if err := c.ParseTuple(spec, &n); err != nil {
			return nil, err
		}
		length, err := size(n)
		return starlark.MakeInt(length), err
	}
}
