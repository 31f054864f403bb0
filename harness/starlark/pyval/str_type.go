package pyval

import (
	"strings"
	"unicode"

	"go.starlark.net/starlark"
	"golang.org/x/text/cases"
)

func strInfo() *builtinInfo {
	methods := stringlikeMethods()
	methods["encode"] = def("encoding?= errors?=", strEncode)
	methods["format"] = def("* **", func(c *call) (starlark.Value, error) {
		s, err := formatMethod(c.thread, string(c.self.(starlark.String)), c.rest, c.kwargs)
		return starlark.String(s), err
	})
	methods["format_map"] = def("mapping", func(c *call) (starlark.Value, error) {
		f := &formatter{thread: c.thread, mapping: c.args[0]}
		s, err := f.expand(string(c.self.(starlark.String)), 2)
		return starlark.String(s), err
	})
	methods["isprintable"] = strTest(unicode.IsPrint, true)
	methods["isnumeric"] = strTest(unicode.IsNumber, false)
	methods["isdecimal"] = strTest(unicode.IsDigit, false)
	methods["isidentifier"] = def("", func(c *call) (starlark.Value, error) { return starlark.Bool(isIdentifier(c.stringlike())), nil })
	methods["casefold"] = def("", func(c *call) (starlark.Value, error) {
		return starlark.String(cases.Fold().String(string(c.self.(starlark.String)))), nil
	})
	methods["translate"] = def("table", translateText)
	addSequenceMethods(methods, "__len__", "__getitem__", "__contains__", "__iter__", "__add__", "__mul__", "__rmul__", "__mod__")
	return &builtinInfo{
		construct: callStr, methods: methods,
		statics: map[string]method{"maketrans": def("x y? z?", textTable)},
	}
}

func strTest(is func(rune) bool, empty bool) method {
	return def("", func(c *call) (starlark.Value, error) {
		s := c.stringlike()
		return starlark.Bool(s.data == "" && empty || s.all(is)), nil
	})
}

// codecArgs reads encoding and errors.
func codecArgs(c *call) (encoding, errors string, err error) {
	encoding, errors = "utf-8", "strict"
	for i, to := range []*string{&encoding, &errors} {
		if c.args[i] == nil {
			continue
		}
		s, ok := c.args[i].(starlark.String)
		if !ok {
			return "", "", TypeError.Errorf("%s() argument '%s' must be str, not %s", c.name, []string{"encoding", "errors"}[i], TypeName(c.args[i]))
		}
		if strings.IndexByte(string(s), 0) >= 0 {
			return "", "", ValueError.Errorf("embedded null character")
		}
		*to = string(s)
	}
	return encoding, errors, nil
}

func strEncode(c *call) (starlark.Value, error) {
	encoding, errors, err := codecArgs(c)
	if err != nil {
		return nil, err
	}
	data, err := Encode(c.thread, string(c.self.(starlark.String)), encoding, errors)
	return starlark.Bytes(data), err
}

func bytesDecode(c *call) (starlark.Value, error) {
	encoding, errors, err := codecArgs(c)
	if err != nil {
		return nil, err
	}
	data, err := bytesOf(c.self)
	if err != nil {
		return nil, err
	}
	if len(data) == 0 {
		// Nobody asks for the encoding then.
		return starlark.String(""), nil
	}
	text, err := Decode(c.thread, data, encoding, errors)
	return starlark.String(text), err
}

// callStr is str(object) and str(bytes, encoding, errors).
func callStr(thread *starlark.Thread, _ *Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	c := &call{thread: thread, name: "str"}
	if err := parseParams("object?= encoding?= errors?=").bind(c, "", args, kwargs); err != nil {
		return nil, err
	}
	if c.args[0] == nil {
		return starlark.String(""), nil
	}
	if c.args[1] == nil && c.args[2] == nil {
		text, err := StrIn(thread, c.args[0])
		return starlark.String(text), err
	}
	if _, ok := PlainValue(c.args[0]).(starlark.String); ok {
		return nil, TypeError.Errorf("decoding str is not supported")
	}
	if !isBytesLike(c.args[0]) {
		return nil, TypeError.Errorf("decoding to str: need a bytes-like object, %s found", TypeName(c.args[0]))
	}
	c.self = c.args[0]
	c.args = c.args[1:]
	return bytesDecode(c)
}
