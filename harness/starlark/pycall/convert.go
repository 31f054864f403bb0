package pycall

import (
	"fmt"
	"strings"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// A Converter is the target of the unit O&: it converts an argument itself.
type Converter func(c *Call, v starlark.Value) error

// An Instance is the target of the unit O!: an argument of a class.
type Instance struct {
	Of *pyval.Class
	To *starlark.Value
}

// Encoded is the target of the unit et: a str that Codec encodes, or bytes as they
// are.
type Encoded struct {
	Codec func(c *Call, text starlark.Value) (string, error)
	To    *string
}

// convert takes a str, bytes or a bytearray without NUL.
func (e Encoded) convert(c *Call, v starlark.Value) (err error) {
	switch plain := pyval.PlainValue(v).(type) {
	case starlark.String:
		*e.To, err = e.Codec(c, v)
	case starlark.Bytes:
		*e.To = string(plain)
	case *pyval.Bytearray:
		*e.To = string(plain.Bytes())
	default:
		return wrongType("str, bytes or bytearray", v)
	}
	if err == nil && strings.IndexByte(*e.To, 0) >= 0 {
		return wrongType("encoded string without null bytes", v)
	}
	return err
}

// FSConverter converts a name of the file system or of the machine
// (PyUnicode_FSConverter).
func FSConverter(to *string) Converter {
	return func(c *Call, v starlark.Value) error {
		path, err := pyval.FSPath(c.Thread, v)
		if err != nil {
			return err
		}
		switch path := path.(type) {
		case starlark.String:
			encoded, err := pyval.Encode(nil, string(path), "utf-8", "surrogateescape")
			if err != nil {
				return err
			}
			*to = string(encoded)
		case starlark.Bytes:
			*to = string(path)
		}
		if strings.IndexByte(*to, 0) >= 0 {
			return pyval.ValueError.Errorf("embedded null byte")
		}
		return nil
	}
}

// typeError is the error of a conversion that leaves it to its caller to say which
// argument is wrong ("must be str, not int").
type typeError string

func (e typeError) Error() string { return string(e) }

func wrongType(want string, v starlark.Value) error {
	return typeError(fmt.Sprintf("must be %s, not %s", want, typeName(v)))
}

// typeName is how conversions name the type of v.
func typeName(v starlark.Value) string {
	if v == starlark.None {
		return "None"
	}
	return pyval.TypeName(v)
}

// convert stores v in the target of a format unit (convertsimple).
func (c *Call) convert(unit string, v starlark.Value, to any) (err error) {
	switch to := to.(type) {
	case *int:
		switch unit {
		case "i":
			*to, err = c.parseInt(v)
			return err
		case "n":
			*to, err = c.ssize(v)
			return err
		}
	case *uint8:
		if unit == "B" {
			u, err := c.mask(v, 8)
			*to = uint8(u)
			return err
		}
	case *uint16:
		if unit == "H" {
			u, err := c.mask(v, 16)
			*to = uint16(u)
			return err
		}
	case *uint32:
		if unit == "I" {
			u, err := c.mask(v, 32)
			*to = uint32(u)
			return err
		}
	case *uint64:
		if unit == "k" || unit == "K" {
			if _, err := pyval.Index(c.Thread, v); err != nil {
				return wrongType("int", v)
			}
			*to, err = c.mask(v, 64)
			return err
		}
	case *string:
		if unit == "s" {
			*to, err = c.cString(v)
			return err
		}
	case *[]byte:
		switch unit {
		case "y*":
			*to, err = c.Buffer(v)
			return err
		case "w*":
			data, ok := c.writable(v)
			if !ok {
				return wrongType("read-write bytes-like object", v)
			}
			*to = data
			return nil
		}
	case *starlark.Value:
		if unit == "O" {
			*to = v
			return nil
		}
	case Instance:
		if unit == "O!" {
			if !pyval.TypeOf(v).Subclass(to.Of) {
				return wrongType(to.Of.Short, v)
			}
			*to.To = v
			return nil
		}
	case Encoded:
		if unit == "et" {
			return to.convert(c, v)
		}
	case Converter:
		if unit == "O&" {
			return to(c, v)
		}
	}
	return pyval.SystemError.Errorf("format unit %q does not go with a target of type %T", unit, to)
}

// cString is the format unit s.
func (c *Call) cString(v starlark.Value) (string, error) {
	if _, ok := pyval.PlainValue(v).(starlark.String); !ok {
		return "", wrongType("str", v)
	}
	return c.utf8(v)
}

// utf8 is the text of a str as C code takes it: UTF-8 without NUL.
func (c *Call) utf8(v starlark.Value) (string, error) {
	text, err := pyval.Encode(nil, string(pyval.PlainValue(v).(starlark.String)), "utf-8", "strict")
	if err != nil {
		return "", err
	}
	if strings.IndexByte(string(text), 0) >= 0 {
		return "", pyval.ValueError.Errorf("embedded null character")
	}
	return string(text), nil
}

// ClinicString is Argument Clinic's converter "str" of the only argument of a
// function.
func (c *Call) ClinicString(function string, v starlark.Value) (string, error) {
	if _, ok := pyval.PlainValue(v).(starlark.String); !ok {
		return "", pyval.TypeError.Errorf("%s() argument must be str, not %s", function, typeName(v))
	}
	return c.utf8(v)
}
