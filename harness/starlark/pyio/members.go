package pyio

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// Members are the names of the module io, as far as there is something behind them.
func (o *IO) Members() starlark.StringDict {
	members := starlark.StringDict{
		"BlockingIOError": pyval.BlockingIOError, "UnsupportedOperation": o.UnsupportedOperation,
		"DEFAULT_BUFFER_SIZE": starlark.MakeInt(o.Host.DefaultBufferSize()),
		"SEEK_SET":            starlark.MakeInt(0), "SEEK_CUR": starlark.MakeInt(1), "SEEK_END": starlark.MakeInt(2),
		"open": o.Open(),
	}
	for _, class := range []*pyval.Class{
		o.IOBase, o.RawIOBase, o.BufferedIOBase, o.TextIOBase,
		o.fileIO, o.reader, o.writer, o.random, o.pair, o.text,
	} {
		members[class.Short] = class
	}
	return members
}
