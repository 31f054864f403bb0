package pysocket_test

import (
	"sync"
	"testing"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// A file that one thread closes while another reads it refuses the read, as a closed
// file does, or as one whose socket is gone.
func TestRawFileIsClosedWhileItIsRead(t *testing.T) {
	m, thread := module(t, "3.13"), &starlark.Thread{}
	for range 200 {
		pair := must(t, thread, m, "socketpair").(starlark.Tuple)
		must(t, thread, pair[0], "setblocking", starlark.False)
		file := must(t, thread, m, "SocketIO", pair[0], starlark.String("r"))
		var reader sync.WaitGroup
		reader.Go(func() {
			thread := &starlark.Thread{}
			for {
				_, err := call(thread, file, "readinto", pyval.NewBytearray(make([]byte, 1)))
				if err == nil {
					continue
				}
				if e, ok := pyval.AsException(err); !ok || e.Class != pyval.ValueError && e.Class != pyval.AttributeError {
					t.Errorf("readinto: %v", err)
				}
				return
			}
		})
		must(t, thread, file, "close")
		reader.Wait()
		for _, s := range pair {
			must(t, thread, s, "close")
		}
	}
}
