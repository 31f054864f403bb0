package trace

import (
	"bytes"
	"encoding/json"
	"math"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// vectorsFile is shared with the Python side, which evaluates each vector's
// expression and compares what it makes of it: pyref/agent.py --vectors FILE.
const vectorsFile = "testdata/vectors.json"

// A vector is a Python value in its encoded form. Python is null where Python
// code cannot build one, as for the forms of contracts.
type vector struct {
	Name   string          `json:"name"`
	Python *string         `json:"python"`
	JSON   json.RawMessage `json:"json"`
}

func readVectors(t testing.TB) []vector {
	t.Helper()
	data, err := os.ReadFile(vectorsFile)
	if err != nil {
		t.Fatal(err)
	}
	var vectors []vector
	if err := json.Unmarshal(data, &vectors); err != nil {
		t.Fatalf("%s: %v", vectorsFile, err)
	}
	return vectors
}

func compact(t testing.TB, data []byte) string {
	t.Helper()
	var b bytes.Buffer
	if err := json.Compact(&b, data); err != nil {
		t.Fatalf("not JSON: %v: %s", err, data)
	}
	return b.String()
}

// generic is JSON as Go's maps and slices, to compare it without regard to
// escapes and to the order of keys.
func generic(t testing.TB, data []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatalf("not JSON: %v: %s", err, data)
	}
	return v
}

func TestVectorsSurviveDecodingAndEncoding(t *testing.T) {
	for _, v := range readVectors(t) {
		t.Run(v.Name, func(t *testing.T) {
			var value Value
			if err := json.Unmarshal(v.JSON, &value); err != nil {
				t.Fatalf("decode %s: %v", v.JSON, err)
			}
			again, err := json.Marshal(value)
			if err != nil {
				t.Fatalf("encode: %v", err)
			}
			if diff := cmp.Diff(generic(t, v.JSON), generic(t, again)); diff != "" {
				t.Errorf("the form changed (-vector +encoded):\n%s", diff)
			}
		})
	}
}

func TestVectorNamesAreUnique(t *testing.T) {
	seen := map[string]bool{}
	for _, v := range readVectors(t) {
		if seen[v.Name] {
			t.Errorf("two vectors are named %q", v.Name)
		}
		seen[v.Name] = true
	}
}

// The constructors write what Python's side writes for the same value.
func TestVectorsFromConstructors(t *testing.T) {
	text := func(s string) *Value { v := StrValue(s); return &v }
	number := func(i int64) *Value { v := IntValue(i); return &v }
	datagram := []Field{
		{"family", EnumValue("socket.AddressFamily", "AF_INET", IntValue(2))},
		{"proto", IntValue(17)},
		{"timeout", FloatValue(1.5)},
		{"type", EnumValue("socket.SocketKind", "SOCK_DGRAM", IntValue(2))},
	}
	constructed := map[string]Value{
		"None":                        NoneValue(),
		"True":                        BoolValue(true),
		"False":                       BoolValue(false),
		"int negative":                IntValue(-5),
		"int of 300 bits":             BigValue(new(big.Int).Neg(new(big.Int).Lsh(big.NewInt(1), 300))),
		"float -0.0":                  FloatValue(math.Copysign(0, -1)),
		"float 5.0":                   FloatValue(5),
		"float 1e+16":                 FloatValue(1e16),
		"float 9999999999999998.0":    FloatValue(9999999999999998),
		"float 0.0001":                FloatValue(1e-4),
		"float 1e-05":                 FloatValue(1e-5),
		"float 5e-324":                FloatValue(math.SmallestNonzeroFloat64),
		"float inf":                   FloatValue(math.Inf(1)),
		"float nan":                   FloatValue(math.NaN()),
		"str HTML characters":         StrValue("<a & b>"),
		"str beyond ASCII":            StrValue("é€\u2028"),
		"str lone surrogate":          StrValue("a\xed\xb2\x80"),
		"str of 256 bytes":            StrValue(strings.Repeat("x", 256)),
		"str of 257 bytes":            StrValue(strings.Repeat("x", 257)),
		"str long in bytes only":      StrValue(strings.Repeat("é", 129)),
		"str long with surrogates":    StrValue(strings.Repeat("\xed\xb3\xbf", 100)),
		"bytes of 257":                BytesValue(bytes.Repeat([]byte{0xff}, 257)),
		"bytearray":                   BufferValue(Bytearray, []byte("a\xff")),
		"memoryview long":             BufferValue(Memoryview, make([]byte, 1000)),
		"tuple empty":                 SeqValue(Tuple),
		"tuple":                       SeqValue(Tuple, IntValue(1), StrValue("a"), NoneValue()),
		"list":                        SeqValue(List, IntValue(1), SeqValue(List, IntValue(2))),
		"frozenset":                   SeqValue(Frozenset, StrValue("a"), StrValue("b")),
		"dict in order of insertion":  SeqValue(Dict, StrValue("b"), IntValue(1), StrValue("a"), SeqValue(List, IntValue(2)), IntValue(3), NoneValue()),
		"IntEnum member":              EnumValue("socket.AddressFamily", "AF_INET", IntValue(2)),
		"enum without a name":         EnumValue("m.Flag", "", IntValue(0)),
		"class of a module":           NamedValue(Class, "socket.socket"),
		"builtin function":            NamedValue(Callable, "len"),
		"module":                      NamedValue(Module, "socket"),
		"object":                      {Kind: Object, Class: "socket.socket", State: datagram},
		"object inside itself":        {Kind: Object, Class: "vectors.Node", State: []Field{{"next", Value{Kind: Object, Class: "vectors.Node"}}}},
		"handle of spawn":             {Kind: Object, Class: "spawn", State: []Field{}},
		"OSError without an errno":    {Kind: Raised, Exception: &Exception{Class: "OSError", Bases: []string{"Exception", "BaseException"}, Args: []Value{StrValue("odd")}, Errno: new(NoneValue()), Strerror: new(NoneValue()), Text: StrValue("odd")}},
		"exception without arguments": {Kind: Raised, Exception: &Exception{Class: "KeyError", Bases: []string{"LookupError", "Exception", "BaseException"}, Text: StrValue("")}},
		"variable for an int":         {Kind: Var, ID: 1, Of: Int},
		"pattern of bytes":            {Kind: Pattern, Of: Bytes, Items: []Value{{Kind: Str, Text: "\x00\xff"}, {Kind: Var, ID: 3}}},
		"pattern with surrogates":     {Kind: Pattern, Of: Str, Items: []Value{StrValue("\xed\xb2\x80"), {Kind: Var, ID: 1}}},
		"OSError": {Kind: Raised, Exception: &Exception{
			Class: "ConnectionRefusedError",
			Bases: []string{"ConnectionError", "OSError", "Exception", "BaseException"},
			Args:  []Value{IntValue(111), StrValue("Connection refused")},
			Errno: number(111), Strerror: text("Connection refused"),
			Text: StrValue("[Errno 111] Connection refused"),
		}},
	}
	for _, v := range readVectors(t) {
		value, ok := constructed[v.Name]
		if !ok {
			continue
		}
		delete(constructed, v.Name)
		got, err := json.Marshal(value)
		if err != nil {
			t.Errorf("%s: %v", v.Name, err)
			continue
		}
		if diff := cmp.Diff(generic(t, v.JSON), generic(t, got)); diff != "" {
			t.Errorf("%s (-vector +constructed):\n%s", v.Name, diff)
		}
	}
	for name := range constructed {
		t.Errorf("there is no vector named %q", name)
	}
}

// Keys keep the order in which the forms are documented, so that recordings
// and the order of a set's items are the same whoever wrote them.
func TestEncodingKeepsTheOrderOfKeys(t *testing.T) {
	for _, v := range readVectors(t) {
		var value Value
		if err := json.Unmarshal(v.JSON, &value); err != nil {
			t.Fatalf("%s: %v", v.Name, err)
		}
		got, err := value.MarshalJSON()
		if err != nil {
			t.Fatalf("%s: %v", v.Name, err)
		}
		if want := compact(t, v.JSON); want != string(got) {
			t.Errorf("%s:\nwant %s\ngot  %s", v.Name, want, got)
		}
	}
}

func python(t testing.TB) string {
	t.Helper()
	path, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not on PATH; the container's Python runs the same vectors elsewhere")
	}
	return path
}

func TestVectorsInPython(t *testing.T) {
	agent := filepath.Join("..", "..", "pyref", "agent.py")
	out, err := exec.Command(python(t), "-I", agent, "--vectors", vectorsFile).CombinedOutput()
	if err != nil || len(out) > 0 {
		t.Errorf("%v:\n%s", err, out)
	}
}

// The Python side must notice a difference and name it.
func TestVectorsInPythonNamesAMismatch(t *testing.T) {
	wrong := filepath.Join(t.TempDir(), "vectors.json")
	content := `[{"name": "right", "python": "1", "json": {"int": "1"}},
		{"name": "wrong by one", "python": "1", "json": {"int": "2"}},
		{"name": "does not run", "python": "nowhere", "json": null},
		{"name": "Go only", "python": null, "json": {"var": 1, "kind": "int"}}]`
	if err := os.WriteFile(wrong, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	agent := filepath.Join("..", "..", "pyref", "agent.py")
	cmd := exec.Command(python(t), "-I", agent, "--vectors", wrong)
	out, err := cmd.Output()
	if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != 1 {
		t.Errorf("ended with %v, want exit status 1", err)
	}
	for _, want := range []string{"wrong by one", `got  {"int":"1"}`, "does not run", "NameError"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("the output lacks %q:\n%s", want, out)
		}
	}
	for _, unwanted := range []string{"right:", "Go only"} {
		if strings.Contains(string(out), unwanted) {
			t.Errorf("the output names %q:\n%s", unwanted, out)
		}
	}
}
