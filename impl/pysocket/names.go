package pysocket

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
)

//go:embed names
var nameFiles embed.FS

// Names are what one CPython's dir() lists of the module and of its classes, each
// with its kind: function, method, attribute, int, exception, …
type Names struct {
	Python string                       `json:"python"` // the full version
	Owners map[string]map[string]string `json:"names"`  // kinds by name, of "socket", "socket.socket", "socket.SocketIO", "_socket.socket"
	// Dirs are what dir() lists of other classes, by their full names, and of their
	// instances, by the name followed by "()".
	Dirs   map[string][]string `json:"dirs"`
	Module struct {
		All     []string `json:"__all__"`
		Cached  *string  `json:"__cached__"` // nil: there is no such name
		File    string   `json:"__file__"`
		Package string   `json:"__package__"`
	} `json:"module"`
	Classes map[string]struct {
		BasicSize        int      `json:"__basicsize__"`
		FirstLine        *int     `json:"__firstlineno__"`
		StaticAttributes []string `json:"__static_attributes__"`
	} `json:"classes"`
}

// nameTables keeps what has been read.
var nameTables sync.Map // of *Names by Python

// ReadNames returns the names of a Python, one of [Pythons]. They are shared, and
// not to be changed.
func ReadNames(python string) (*Names, error) {
	if table, ok := nameTables.Load(python); ok {
		return table.(*Names), nil
	}
	file := "names/cpython-" + python + ".json"
	data, err := nameFiles.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("the names of Python %s are not known; known are %s", python, strings.Join(Pythons(), ", "))
	}
	table := new(Names)
	if err := json.Unmarshal(data, table); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	nameTables.Store(python, table)
	return table, nil
}
