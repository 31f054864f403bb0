package trace

import (
	"crypto/sha256"
	"encoding/hex"
	"math/big"
	"unicode/utf8"
)

// Kind says which Python type a Value has, and which of its fields are used.
type Kind string

// The kinds of Value. The names are the tags of the JSON forms.
const (
	None       Kind = "none"
	Bool       Kind = "bool"       // Text is "True" or "False"
	Int        Kind = "int"        // Text is decimal
	Float      Kind = "float"      // Text is Python's repr
	Str        Kind = "str"        // Text is UTF-8, lone surrogates encoded like any other code point
	Bytes      Kind = "bytes"      // Text is the bytes
	Bytearray  Kind = "bytearray"  // Text is the bytes
	Memoryview Kind = "memoryview" // Text is the bytes
	Digest     Kind = "digest"     // Of is the kind, Len its length, Text its SHA-256 in hex
	Tuple      Kind = "tuple"      // Items
	List       Kind = "list"       // Items
	Set        Kind = "set"        // Items, sorted by their encoding
	Frozenset  Kind = "frozenset"  // Items, sorted by their encoding
	Dict       Kind = "dict"       // Items: key, value, key, value, …
	Enum       Kind = "enum"       // Class, Text is the member's name, Items[0] its value
	Object     Kind = "object"     // Class, ID, State
	Class      Kind = "class"      // Text is the qualified name
	Callable   Kind = "callable"   // Text is the name
	Module     Kind = "module"     // Text is the name
	Raised     Kind = "exception"  // Exception

	// Only in contracts.
	Var     Kind = "var"     // ID is the variable's number, Of the kind of leaf that it stands for, Len the length of text or bytes
	Pattern Kind = "pattern" // Items are Str and Var, Of is the kind of the whole
)

// MaxInline is how many bytes of text or bytes a trace carries as they are;
// anything longer is a Digest.
const MaxInline = 256

// A Value is a Python value as a subject reports it.
type Value struct {
	Kind      Kind
	Text      string
	Class     string
	Of        Kind
	Len       int
	ID        int
	Items     []Value
	State     []Field // nil: not shown
	Exception *Exception
}

// A Field is one public attribute of an object, in order of names.
type Field struct {
	Name  string
	Value Value
}

// NoneValue returns Python's None.
func NoneValue() Value { return Value{Kind: None} }

// BoolValue returns a Python bool.
func BoolValue(b bool) Value {
	if b {
		return Value{Kind: Bool, Text: "True"}
	}
	return Value{Kind: Bool, Text: "False"}
}

// IntValue returns a Python int.
func IntValue(i int64) Value { return BigValue(big.NewInt(i)) }

// BigValue returns a Python int of any size.
func BigValue(i *big.Int) Value { return Value{Kind: Int, Text: i.String()} }

// FloatValue returns a Python float.
func FloatValue(f float64) Value { return Value{Kind: Float, Text: FloatRepr(f)} }

// StrValue returns a Python str, as a digest if it is long. The text's lone
// surrogates are encoded as if they were characters (U+DC80 is ed b2 80).
func StrValue(s string) Value { return inline(Str, s) }

// BytesValue returns a Python bytes object, as a digest if it is long.
func BytesValue(b []byte) Value { return inline(Bytes, string(b)) }

// BufferValue returns a bytearray or memoryview, as a digest if it is long.
func BufferValue(kind Kind, b []byte) Value { return inline(kind, string(b)) }

// SeqValue returns a tuple, list, set, frozenset or dict.
func SeqValue(kind Kind, items ...Value) Value { return Value{Kind: kind, Items: items} }

// EnumValue returns a member of an enum; the name is empty where it has none.
func EnumValue(class, name string, value Value) Value {
	return Value{Kind: Enum, Class: class, Text: name, Items: []Value{value}}
}

// NamedValue returns a class, callable or module.
func NamedValue(kind Kind, name string) Value { return Value{Kind: kind, Text: name} }

func inline(kind Kind, s string) Value {
	n := len(s)
	if kind == Str {
		n = CodePoints(s)
	}
	if len(s) <= MaxInline {
		return Value{Kind: kind, Text: s}
	}
	sum := sha256.Sum256([]byte(s))
	return Value{Kind: Digest, Of: kind, Len: n, Text: hex.EncodeToString(sum[:])}
}

// CodePoints is Python's len of a str: lone surrogates count as one each.
func CodePoints(s string) int {
	n := 0
	for i := 0; i < len(s); n++ {
		i += codePointSize(s[i:])
	}
	return n
}

func codePointSize(s string) int {
	if isSurrogate(s) {
		return 3
	}
	_, size := utf8.DecodeRuneInString(s)
	return size
}

func isSurrogate(s string) bool {
	return len(s) >= 3 && s[0] == 0xed && s[1] >= 0xa0 && s[1] <= 0xbf && s[2]&0xc0 == 0x80
}
