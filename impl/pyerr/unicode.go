package pyerr

import (
	"fmt"

	"github.com/pyparity/pyparity/pyref/base/codecs"
)

// unicodeArgs is how many arguments a UnicodeEncodeError or UnicodeDecodeError
// has.
const unicodeArgs = 5

// unicodeText is Python's str() of such an exception.
func unicodeText(args []any) string {
	start, _ := args[2].(int)
	end, _ := args[3].(int)
	what := "encode characters"
	switch object := args[1].(type) {
	case []byte:
		what = "decode bytes"
		if end == start+1 && start >= 0 && start < len(object) {
			return fmt.Sprintf("'%v' codec can't decode byte 0x%02x in position %d: %v", args[0], object[start], start, args[4])
		}
	case string:
		points := codecs.Points(object)
		if end == start+1 && start >= 0 && start < len(points) {
			return fmt.Sprintf("'%v' codec can't encode character '%s' in position %d: %v", args[0], codecs.Escaped(points[start]), start, args[4])
		}
	}
	return fmt.Sprintf("'%v' codec can't %s in position %d-%d: %v", args[0], what, start, end-1, args[4])
}
