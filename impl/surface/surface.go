// Package surface tells where each public name of Python's socket module is in
// Go: the function, method, type or constant, and its file.
//
// The names are those of the reference's dir() of the module, of socket.socket and
// of SocketIO. Where they are is taken from the comments in impl/socket, each of
// which names its Python original, and from a short list of what has no comment
// there. A test holds that no name is without its place.
package surface

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pyparity/pyparity/impl/pysocket"
	"github.com/pyparity/pyparity/impl/surface/index"
)

//go:generate go run ./gen

//go:embed index.json
var indexFile []byte

// A Place is where something is in Go, such as "socket.Socket.Recv" in
// "impl/socket/recv.go".
type Place = index.Place

// A Row is one public name.
type Row struct {
	Python string `json:"python"` // "socket.create_server", "socket.socket.recv", "socket.SocketIO.read"
	Kind   string `json:"kind"`   // as in [pysocket.Names]
	Place         // the zero value: it is missing
}

// Owners are the objects whose names are listed.
var Owners = []string{"socket", "socket.socket", "socket.SocketIO"}

// Rows lists the public names of a Python, one of [pysocket.Pythons], in order.
func Rows(python string) ([]Row, error) {
	names, err := pysocket.ReadNames(python)
	if err != nil {
		return nil, err
	}
	places, err := readIndex()
	if err != nil {
		return nil, err
	}
	var rows []Row
	for _, owner := range Owners {
		of := len(rows)
		for name, kind := range names.Owners[owner] {
			if !strings.HasPrefix(name, "_") {
				rows = append(rows, Row{Python: owner + "." + name, Kind: kind, Place: places[owner+"."+name]})
			}
		}
		slices.SortFunc(rows[of:], func(a, b Row) int { return strings.Compare(a.Python, b.Python) })
	}
	return rows, nil
}

// Missing are the rows that have no place.
func Missing(rows []Row) []Row {
	return slices.DeleteFunc(slices.Clone(rows), func(r Row) bool { return r.Go != "" })
}

// readIndex returns the places by Python name.
func readIndex() (map[string]Place, error) {
	places := map[string]Place{}
	if err := json.Unmarshal(indexFile, &places); err != nil {
		return nil, fmt.Errorf("index.json: %w", err)
	}
	maps.Copy(places, elsewhere)
	return places, nil
}
