package pyio

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/pyref/base/streams"
)

// position is TextIOWrapper.tell.
func position(t *textObject) (starlark.Value, error) {
	n, err := t.Position()
	if err != nil {
		return nil, err
	}
	return starlark.MakeBigInt(n), nil
}

// textSeek is TextIOWrapper.seek. It returns a position as it was given.
func (o *IO) textSeek(c *pycall.Call) (starlark.Value, error) {
	var cookie starlark.Value
	whence := 0
	if err := c.Clinic("O|i:seek", &cookie, &whence); err != nil {
		return nil, err
	}
	t := textSelf(c)
	if err := t.CheckSeekable(); err != nil {
		return nil, err
	}
	zero := starlark.MakeInt(0)
	switch whence {
	case 0:
	case 1:
		if !pyval.Equal(cookie, zero) {
			return nil, o.Host.Raise(streams.UnsupportedOperation, "can't do nonzero cur-relative seeks")
		}
		var err error
		if cookie, err = position(t); err != nil {
			return nil, err
		}
	case 2:
		if !pyval.Equal(cookie, zero) {
			return nil, o.Host.Raise(streams.UnsupportedOperation, "can't do nonzero end-relative seeks")
		}
		return number(t.SeekEnd())
	default:
		return nil, pyval.ValueError.Errorf("invalid whence (%d, should be 0, 1 or 2)", whence)
	}
	negative, err := pyval.Less(c.Thread, cookie, zero)
	if err != nil {
		return nil, err
	}
	if negative {
		return nil, pyval.ValueError.Errorf("negative seek position %s", pyval.Repr(cookie))
	}
	n, err := pyval.Call(c.Thread, pyval.IntType, starlark.Tuple{cookie}, nil)
	if err != nil {
		return nil, err
	}
	if err := t.SeekTo(n.(starlark.Int).BigInt()); err != nil {
		return nil, err
	}
	return cookie, nil
}
