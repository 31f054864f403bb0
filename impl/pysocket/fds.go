package pysocket

import (
	"encoding/binary"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/socket"
)

const descriptorSize = 4 // array.array("i").itemsize

// sendFDs is Python's socket.send_fds, which ignores its flags and address.
func (m *module) sendFDs() pycall.Definition {
	return pycall.Def("send_fds", "sock, buffers, fds, flags=0, address=None", func(c *pycall.Call) (starlark.Value, error) {
		method, err := pyval.GetAttr(c.Thread, c.Args[0], "sendmsg")
		if err != nil {
			return nil, err
		}
		fds, err := arrayOf(c, c.Args[2])
		if err != nil {
			return nil, err
		}
		rights := starlark.Tuple{starlark.MakeInt(socket.SOL_SOCKET), starlark.MakeInt(socket.SCM_RIGHTS), &intArray{data: fds}}
		return pyval.Call(c.Thread, pyval.AsMethod(method), starlark.Tuple{c.Args[1], starlark.NewList([]starlark.Value{rights})}, nil)
	})
}

// recvFDs is Python's socket.recv_fds, which ignores its flags.
func (m *module) recvFDs() pycall.Definition {
	return pycall.Def("recv_fds", "sock, bufsize, maxfds, flags=0", func(c *pycall.Call) (starlark.Value, error) {
		method, err := pyval.GetAttr(c.Thread, c.Args[0], "recvmsg")
		if err != nil {
			return nil, err
		}
		size, err := pyval.Binary(c.Thread, syntax.STAR, c.Args[2], starlark.MakeInt(descriptorSize))
		if err != nil {
			return nil, err
		}
		if size, err = ancillarySize("n:CMSG_LEN", socket.CmsgLen)(c.With(starlark.Tuple{size}, nil)); err != nil {
			return nil, err
		}
		received, err := pyval.Call(c.Thread, pyval.AsMethod(method), starlark.Tuple{c.Args[1], size}, nil)
		if err != nil {
			return nil, err
		}
		message, err := unpack(c, received, 4)
		if err != nil {
			return nil, err
		}
		fds, err := m.descriptorsIn(c, message[1])
		if err != nil {
			return nil, err
		}
		return starlark.Tuple{message[0], fds, message[2], message[3]}, nil
	})
}

// descriptorsIn lists the descriptors in the ancillary data that recvmsg
// returned.
func (m *module) descriptorsIn(c *pycall.Call, ancillary starlark.Value) (*starlark.List, error) {
	items, err := pyval.ToSlice(c.Thread, ancillary)
	if err != nil {
		return nil, err
	}
	var fds intArray
	for _, item := range items {
		parts, err := unpack(c, item, 3)
		if err != nil {
			return nil, err
		}
		if !pyval.Equal(parts[0], m.global("SOL_SOCKET")) || !pyval.Equal(parts[1], m.global("SCM_RIGHTS")) {
			continue
		}
		whole, err := wholeItems(c, parts[2])
		if err != nil {
			return nil, err
		}
		data, err := c.Buffer(whole)
		if err != nil {
			return nil, err
		}
		fds.data = append(fds.data, data...)
	}
	return fds.items(), nil
}

// wholeItems is what of the data is descriptors from end to end.
func wholeItems(c *pycall.Call, data starlark.Value) (starlark.Value, error) {
	size, err := pyval.Len(c.Thread, data)
	if err != nil {
		return nil, err
	}
	end := starlark.MakeInt(size - size%descriptorSize)
	return pyval.GetItem(c.Thread, data, &pyval.SliceValue{Lo: starlark.None, Hi: end, Step: starlark.None})
}

// arrayOf is the memory of array.array("i", v).
func arrayOf(c *pycall.Call, v starlark.Value) ([]byte, error) {
	switch pyval.PlainValue(v).(type) {
	case starlark.String:
		return nil, pyval.TypeError.Errorf("cannot use a str to initialize an array with typecode 'i'") //nolint:misspell // CPython's text
	case starlark.Bytes, *pyval.Bytearray:
		data, err := c.Buffer(v)
		if err == nil && len(data)%descriptorSize != 0 {
			return nil, pyval.ValueError.Errorf("bytes length not a multiple of item size")
		}
		return data, err
	}
	switch plain := pyval.PlainValue(v).(type) {
	case *starlark.List, starlark.Tuple:
		v = plain // whatever the class iterates over
	}
	items, err := pyval.ToSlice(c.Thread, v)
	if err != nil {
		return nil, err
	}
	var array []byte
	for i := range items {
		var x int
		if err := c.ParseItems(items[i:i+1], "i;array item must be integer", &x); err != nil {
			return nil, err
		}
		array = binary.NativeEndian.AppendUint32(array, uint32(int32(x)))
	}
	return array, nil
}
