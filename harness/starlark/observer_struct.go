package starlark

import (
	"encoding/binary"
	"math"
	"math/big"
	"strings"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

var structError = &pyval.Class{Module: "struct", Short: "error", Bases: []*pyval.Class{pyval.ExceptionClass}}

// structModule is the observer struct.
func structModule() *starlarkstruct.Module {
	return observerModule("struct",
		pyval.NewFunction("_struct.calcsize", "format", func(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
			l, err := parseLayout(thread, args[0])
			if err != nil {
				return nil, err
			}
			return starlark.MakeInt(l.size), nil
		}),
		pyval.NewKeywordFunction("pack", func(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
			if len(kwargs) > 0 {
				return nil, pyval.TypeError.Errorf("_struct.pack() takes no keyword arguments")
			}
			if len(args) == 0 && pyval.Python(thread).AtLeast(3, 15) {
				return nil, pyval.TypeError.Errorf("pack expected at least 1 argument, got 0")
			}
			if len(args) == 0 {
				return nil, pyval.TypeError.Errorf("missing format argument")
			}
			l, err := parseLayout(thread, args[0])
			if err != nil {
				return nil, err
			}
			data, err := l.pack(thread, args[1:])
			return starlark.Bytes(data), err
		}),
		pyval.NewFunction("_struct.unpack", "format buffer", func(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
			l, data, release, err := layoutOf(thread, args)
			if err != nil {
				return nil, err
			}
			defer release()
			return l.unpack(data)
		}),
		pyval.NewFunction("_struct.unpack_from", "format buffer= offset?=", unpackFrom),
	)
}

// layoutOf reads a format and a buffer, which is to be released.
func layoutOf(thread *starlark.Thread, args []starlark.Value) (l *layout, data []byte, release func(), err error) {
	if l, err = parseLayout(thread, args[0]); err != nil {
		return nil, nil, nil, err
	}
	data, _, release, err = pyval.GetBuffer(args[1])
	return l, data, release, err
}

// unpackFrom is struct.unpack_from(format, buffer, offset=0).
func unpackFrom(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
	l, data, release, err := layoutOf(thread, args)
	if err != nil {
		return nil, err
	}
	defer release()
	offset := 0
	if args[2] != nil {
		i, err := pyval.Index(thread, args[2])
		if err != nil {
			return nil, notInteger(thread, args[2], err)
		}
		if offset = int(i.Int64()); !i.IsInt64() {
			return nil, pyval.OverflowError.Errorf("Python int too large to convert to C ssize_t")
		}
	}
	if offset < 0 {
		switch {
		case offset+l.size > 0:
			return nil, structError.Errorf("not enough data to unpack %d bytes at offset %d", l.size, offset)
		case offset+len(data) < 0:
			return nil, structError.Errorf("offset %d out of range for %d-byte buffer", offset, len(data))
		}
		offset += len(data)
	}
	if len(data)-offset < l.size {
		return nil, structError.Errorf("unpack_from requires a buffer of at least %d bytes for unpacking %d bytes at offset %d (actual buffer size is %d)",
			l.size+offset, l.size, offset, len(data))
	}
	return l.unpack(data[offset : offset+l.size])
}

// A layout is a parsed format.
type layout struct {
	fields []field
	size   int
	order  binary.ByteOrder
	native bool // '@': C's sizes, alignment and words about ranges
}

// A field is one value, or for code s and p one value of so many bytes. Pad
// bytes are no fields.
type field struct {
	code   byte
	offset int
	size   int
}

// sizes of the codes: standard, and native where it differs.
var standardSizes = map[byte]int{
	'x': 1, 'c': 1, 'b': 1, 'B': 1, '?': 1, 'h': 2, 'H': 2, 'i': 4, 'I': 4, 'l': 4, 'L': 4,
	'q': 8, 'Q': 8, 'e': 2, 'f': 4, 'd': 8, 's': 1, 'p': 1,
}

var nativeSizes = map[byte]int{'l': 8, 'L': 8, 'n': 8, 'N': 8, 'P': 8}

func (l *layout) sizeOf(code byte) (int, bool) {
	if l.native {
		if size, ok := nativeSizes[code]; ok {
			return size, true
		}
	}
	size, ok := standardSizes[code]
	return size, ok
}

func parseLayout(thread *starlark.Thread, v starlark.Value) (*layout, error) {
	var format string
	switch v := pyval.PlainValue(v).(type) {
	case starlark.String:
		data, err := pyval.Encode(nil, string(v), "ascii", "strict")
		if err != nil && pyval.Python(thread).AtLeast(3, 15) {
			err = pyval.ValueError.Errorf("non-ASCII character in struct format")
		}
		if err != nil {
			return nil, err
		}
		format = string(data)
	case starlark.Bytes:
		format = string(v)
	default:
		return nil, pyval.TypeError.Errorf("Struct() argument 1 must be a str or bytes object, not %s", pyval.TypeName(v))
	}
	if strings.IndexByte(format, 0) >= 0 {
		return nil, structError.Errorf("embedded null character")
	}
	l := &layout{order: nativeOrder(), native: true}
	if format != "" {
		if order, ok := map[byte]binary.ByteOrder{'@': l.order, '=': l.order, '<': binary.LittleEndian, '>': binary.BigEndian, '!': binary.BigEndian}[format[0]]; ok {
			l.order, l.native = order, format[0] == '@'
			format = format[1:]
		}
	}
	return l, l.parse(format)
}

// nativeOrder is the machine's order as one of the two that can be compared.
func nativeOrder() binary.ByteOrder {
	if binary.NativeEndian.Uint16([]byte{1, 0}) == 1 {
		return binary.LittleEndian
	}
	return binary.BigEndian
}

func (l *layout) parse(format string) error {
	for format != "" {
		if strings.IndexByte(" \t\n\r\v\f", format[0]) >= 0 {
			format = format[1:]
			continue
		}
		count, counted := 0, false
		for format != "" && format[0] >= '0' && format[0] <= '9' {
			if count > math.MaxInt32 {
				return structError.Errorf("overflow in item count")
			}
			count, counted, format = count*10+int(format[0]-'0'), true, format[1:]
		}
		if format == "" {
			return structError.Errorf("repeat count given without format specifier")
		}
		if !counted {
			count = 1
		}
		if err := l.add(format[0], count); err != nil {
			return err
		}
		format = format[1:]
	}
	return nil
}

func (l *layout) add(code byte, count int) error {
	size, ok := l.sizeOf(code)
	if !ok {
		return structError.Errorf("bad char in struct format")
	}
	if l.native && size > 1 {
		l.size = (l.size + size - 1) / size * size
	}
	switch code {
	case 'x':
		l.size += count
		return nil
	case 's', 'p':
		l.fields = append(l.fields, field{code, l.size, count})
		l.size += count
		return nil
	}
	for range count {
		l.fields = append(l.fields, field{code, l.size, size})
		l.size += size
	}
	return nil
}

func (l *layout) unpack(data []byte) (starlark.Value, error) {
	if len(data) != l.size {
		return nil, structError.Errorf("unpack requires a buffer of %d bytes", l.size)
	}
	values := make(starlark.Tuple, len(l.fields))
	for i, f := range l.fields {
		values[i] = l.read(f, data[f.offset:f.offset+f.size])
	}
	return values, nil
}

func (l *layout) read(f field, data []byte) starlark.Value {
	switch f.code {
	case 's', 'c':
		return starlark.Bytes(data)
	case 'p':
		if len(data) == 0 {
			return starlark.Bytes("")
		}
		return starlark.Bytes(data[1 : 1+min(int(data[0]), len(data)-1)])
	case '?':
		return starlark.Bool(data[0] != 0)
	}
	word := l.word(data)
	switch f.code {
	case 'e':
		return starlark.Float(halfToFloat(uint16(word)))
	case 'f':
		return starlark.Float(math.Float32frombits(uint32(word)))
	case 'd':
		return starlark.Float(math.Float64frombits(word))
	case 'b', 'h', 'i', 'l', 'q', 'n':
		unused := 64 - 8*f.size
		return starlark.MakeInt64(int64(word<<unused) >> unused)
	}
	return starlark.MakeUint64(word)
}

func (l *layout) word(data []byte) uint64 {
	var word uint64
	for i := range data {
		at := i
		if l.order == binary.LittleEndian {
			at = len(data) - 1 - i
		}
		word = word<<8 | uint64(data[at])
	}
	return word
}

func (l *layout) pack(thread *starlark.Thread, values starlark.Tuple) ([]byte, error) {
	if len(values) != len(l.fields) {
		return nil, structError.Errorf("pack expected %d items for packing (got %d)", len(l.fields), len(values))
	}
	data := make([]byte, l.size)
	for i, f := range l.fields {
		if err := l.write(thread, f, data[f.offset:f.offset+f.size], values[i]); err != nil {
			return nil, err
		}
	}
	return data, nil
}

func (l *layout) write(thread *starlark.Thread, f field, to []byte, v starlark.Value) error {
	switch f.code {
	case 's', 'p':
		text, ok := bytesValue(v)
		if !ok {
			return structError.Errorf("argument for '%c' must be a bytes object", f.code)
		}
		if f.code == 'p' && len(to) > 0 {
			text = text[:min(len(text), len(to)-1, 255)]
			to[0] = byte(len(text))
			to = to[1:]
		}
		copy(to, text)
		return nil
	case 'c':
		b, ok := v.(starlark.Bytes)
		if !ok || len(b) != 1 {
			return structError.Errorf("char format requires a bytes object of length 1")
		}
		to[0] = b[0]
		return nil
	case '?':
		truth, err := pyval.Truth(thread, v)
		if truth {
			to[0] = 1
		}
		return err
	case 'e', 'f', 'd':
		return l.writeFloat(thread, f, to, v)
	}
	i, err := pyval.Index(thread, v)
	if err != nil {
		return structError.Errorf("required argument is not an integer")
	}
	if err := l.checkRange(pyval.Python(thread), f, i); err != nil {
		return err
	}
	word := i.Uint64()
	if i.Sign() < 0 {
		word = uint64(i.Int64())
	}
	l.put(to, word)
	return nil
}

func (l *layout) put(to []byte, word uint64) {
	for i := range to {
		at := i
		if l.order == binary.BigEndian {
			at = len(to) - 1 - i
		}
		to[at] = byte(word >> (8 * i))
	}
}

func bytesValue(v starlark.Value) ([]byte, bool) {
	switch v := pyval.PlainValue(v).(type) {
	case starlark.Bytes:
		return []byte(v), true
	case *pyval.Bytearray:
		return v.Bytes(), true
	}
	return nil, false
}

func (l *layout) writeFloat(thread *starlark.Thread, f field, to []byte, v starlark.Value) error {
	x, err := pyval.Float(thread, v)
	if err != nil {
		return structError.Errorf("required argument is not a float")
	}
	switch f.code {
	case 'd':
		l.put(to, math.Float64bits(x))
	case 'f':
		// C's conversion went unchecked in the native format until 3.14.
		unchecked := l.native && !pyval.Python(thread).AtLeast(3, 14)
		if single := float32(x); !unchecked && math.IsInf(float64(single), 0) && !math.IsInf(x, 0) {
			return pyval.OverflowError.Errorf("float too large to pack with f format")
		}
		l.put(to, uint64(math.Float32bits(float32(x))))
	default:
		half, ok := floatToHalf(x)
		if !ok {
			return pyval.OverflowError.Errorf("float too large to pack with e format")
		}
		l.put(to, uint64(half))
	}
	return nil
}

// checkRange raises what CPython raises for an int that does not fit. Its words
// depend on how the C code of the format converts.
func (l *layout) checkRange(python pyval.Version, f field, i *big.Int) error {
	bits := uint(8 * f.size)
	low, high := new(big.Int), new(big.Int).Lsh(big.NewInt(1), bits)
	if strings.IndexByte("bhilqn", f.code) >= 0 || f.code == 'P' && i.Sign() < 0 {
		high.Rsh(high, 1)
		low.Neg(high)
	}
	high.Sub(high, big.NewInt(1))
	if i.Cmp(low) >= 0 && i.Cmp(high) <= 0 {
		return nil
	}
	return l.rangeError(python, f, i, low, high)
}

func (l *layout) rangeError(python pyval.Version, f field, i, low, high *big.Int) error {
	plain := structError.Errorf("'%c' format requires %s <= number <= %s", f.code, low, high)
	long := i.IsInt64()
	if strings.IndexByte("IL", f.code) >= 0 {
		long = i.IsUint64()
	}
	switch {
	case f.code == 'P':
		return structError.Errorf("int too large to convert")
	case python.AtLeast(3, 12), l.order != nativeOrder() && f.size == 2:
		return plain
	case !long || f.size == 8:
		return structError.Errorf("argument out of range")
	case f.code == 'h' && !python.AtLeast(3, 11):
		return structError.Errorf("short format requires (-0x7fff - 1) <= number <= 0x7fff")
	case f.code == 'H' && !python.AtLeast(3, 11):
		return structError.Errorf("ushort format requires 0 <= number <= (0x7fff * 2 + 1)")
	case f.size <= 2:
		name := map[byte]string{'b': "byte", 'B': "ubyte", 'h': "short", 'H': "ushort"}[f.code]
		return structError.Errorf("%s format requires %s <= number <= %s", name, low, high)
	}
	return plain
}

// halfToFloat reads an IEEE 754 binary16.
func halfToFloat(h uint16) float64 {
	sign, exponent, fraction := h>>15, int(h>>10&0x1f), float64(h&0x3ff)
	var f float64
	switch exponent {
	case 0:
		f = math.Ldexp(fraction, -24)
	case 0x1f:
		f = math.Inf(1)
		if fraction != 0 {
			f = math.NaN()
		}
	default:
		f = math.Ldexp(1024+fraction, exponent-25)
	}
	if sign == 1 {
		f = -f
	}
	return f
}

// floatToHalf rounds to an IEEE 754 binary16, ties to even; ok is false for what
// is too large.
func floatToHalf(x float64) (h uint16, ok bool) {
	sign := uint16(math.Float64bits(x) >> 48 & 0x8000)
	x = math.Abs(x)
	switch {
	case math.IsNaN(x):
		return sign | 0x7e00, true
	case math.IsInf(x, 0):
		return sign | 0x7c00, true
	case x == 0:
		return sign, true
	}
	_, exponent := math.Frexp(x)
	exponent = max(exponent-1, -14)
	units := math.RoundToEven(math.Ldexp(x, 10-exponent))
	if units == 2048 {
		units, exponent = 1024, exponent+1
	}
	if exponent > 15 {
		return 0, false
	}
	if units < 1024 {
		return sign | uint16(units), true
	}
	return sign | uint16(exponent+15)<<10 | uint16(units-1024), true
}
