package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/socket"
)

// sendmsgAfAlg is Python's socket.sendmsg_afalg (sock_sendmsg_afalg). Whatever is
// wrong with op, the text is the same.
func sendmsgAfAlg(c *pycall.Call) (starlark.Value, error) {
	sock := self(c).sock
	if err := sock.CheckAfAlg(); err != nil {
		return nil, err
	}
	var data, op, assocLen starlark.Value
	var options socket.AlgOptions
	err := c.ParseKeywords("|O$O!y*O!i:sendmsg_afalg", []string{"msg", "op", "iv", "assoclen", "flags"}, &data,
		pycall.Instance{Of: pyval.IntType, To: &op}, &options.IV, pycall.Instance{Of: pyval.IntType, To: &assocLen}, &options.Flags)
	if err != nil {
		return nil, err
	}
	operation := -1
	if op != nil {
		if n, err := c.AsInt(op); err == nil {
			operation = n
		}
	}
	if operation < 0 {
		return nil, pyval.TypeError.Errorf("Invalid or missing argument 'op'")
	}
	if assocLen != nil {
		n, err := c.AsInt(assocLen)
		if err != nil {
			return nil, err
		}
		if n < 0 {
			return nil, pyval.TypeError.Errorf("assoclen must be positive")
		}
		options.AssocLen = &n
	}
	var buffers [][]byte
	if data != nil {
		if buffers, err = messageBuffers(c, data); err != nil {
			return nil, err
		}
	}
	n, err := sock.SendMsgAfAlg(buffers, operation, options)
	return starlark.MakeInt(n), err
}
