package pysocket_test

import (
	"testing"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/pysocket"
)

// Every behaviour has a module of its own.
func BenchmarkModule(b *testing.B) {
	for b.Loop() {
		if _, err := pysocket.Module(pysocket.Options{Python: pyval.DefaultVersion}); err != nil {
			b.Fatal(err)
		}
	}
}
