package pyio

import (
	"strings"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/pyref/base/streams"
)

// A Binary object is what text is laid over, as Python code sees it.
type Binary interface {
	pyval.Object
	streams.Binary
}

// A textObject is an io.TextIOWrapper.
type textObject struct {
	*Instance
	*streams.Text
}

// Attr reads an attribute.
func (t *textObject) Attr(name string) (starlark.Value, error) { return t.Get(t, name) }

// SetField sets an attribute.
func (t *textObject) SetField(name string, v starlark.Value) error { return t.Set(t, name, v) }

// PyState is what Python code can see.
func (t *textObject) PyState() []pyval.Attr { return t.State(t) }

// String is Python's repr.
func (t *textObject) String() string {
	var b strings.Builder
	b.WriteString("<" + t.class.Qualified())
	if name, err := t.Attr("name"); err == nil {
		b.WriteString(" name=" + pyval.Repr(name))
	}
	if mode, err := t.Attr("mode"); err == nil {
		b.WriteString(" mode=" + pyval.Repr(mode))
	}
	b.WriteString(" encoding=" + pyval.Repr(starlark.String(t.Encoding())) + ">")
	return b.String()
}

// NewText is io.TextIOWrapper(buffer, encoding, errors, newline) with arguments as
// they come from Python code; nil is one that was not given. Mode is the attribute
// of that name.
func (o *IO) NewText(thread *starlark.Thread, buffer starlark.Value, encoding, errors, newline, mode starlark.Value) (starlark.Value, error) {
	args := starlark.Tuple{buffer}
	for _, v := range []starlark.Value{encoding, errors, newline} {
		if v == nil {
			v = starlark.None
		}
		args = append(args, v)
	}
	v, err := o.newText(thread, o.text, args, nil)
	if err != nil {
		return nil, err
	}
	t := v.(*textObject)
	return t, t.SetField("mode", mode)
}

var textParams = []string{"buffer", "encoding", "errors", "newline", "line_buffering", "write_through"}

func (o *IO) newText(thread *starlark.Thread, class *pyval.Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	return o.init("TextIOWrapper", func(c *pycall.Call) (starlark.Value, error) {
		var buffer starlark.Value
		var encoding, errors, newline, lines, through starlark.Value = starlark.None, starlark.None, starlark.None, starlark.False, starlark.False
		if err := c.ClinicKeywords("O|OOOOO:TextIOWrapper", textParams, &buffer, &encoding, &errors, &newline, &lines, &through); err != nil {
			return nil, err
		}
		var options streams.Options
		var err error
		if options.Encoding, err = o.optionalText("encoding", encoding); err != nil {
			return nil, err
		}
		if options.Newline, err = o.optionalText("newline", newline); err != nil {
			return nil, err
		}
		if options.LineBuffering, err = o.flag(c, lines); err != nil {
			return nil, err
		}
		if options.WriteThrough, err = o.flag(c, through); err != nil {
			return nil, err
		}
		if options.Errors, err = o.optionalText("errors", errors); err != nil {
			return nil, err
		}
		if warn := pyval.Warner(c.Thread); warn != nil {
			options.Warn = func(text string) error { return warn(pyval.DeprecationWarning, text) }
		}
		if e := options.Encoding; e != nil && o.python.AtLeast(3, 15) && strings.ContainsFunc(*e, func(r rune) bool { return r >= 0x80 }) {
			if err := c.Warn(pyval.DeprecationWarning, "Support for non-ascii encoding names will be removed in 3.17"); err != nil {
				return nil, err
			}
		}
		over, ok := buffer.(Binary)
		if !ok {
			return nil, o.noBuffer(c, buffer, options)
		}
		t, err := o.Host.NewText(over, options)
		if err != nil {
			return nil, err
		}
		return &textObject{NewInstance(class), t}, nil
	}).CallInternal(thread, args, kwargs)
}

// noBuffer is the error for something that text cannot be laid over.
func (o *IO) noBuffer(c *pycall.Call, v starlark.Value, options streams.Options) error {
	if err := o.Host.CheckText(options); err != nil {
		return err
	}
	if _, err := pyval.GetAttr(c.Thread, v, "readable"); err != nil {
		return err
	}
	return pyval.TypeError.Errorf("a buffered file is required, not '%s'", pyval.TypeName(v))
}

// flag reads a bool, which until 3.11 had to be a number.
func (o *IO) flag(c *pycall.Call, v starlark.Value) (bool, error) {
	if o.python.AtLeast(3, 12) {
		return pyval.Truth(c.Thread, v)
	}
	i, err := c.ClinicInt(v)
	return i != 0, err
}

// optionalText reads a text that may be None.
func (o *IO) optionalText(name string, v starlark.Value) (*string, error) {
	switch plain := pyval.PlainValue(v).(type) {
	case starlark.NoneType:
		return nil, nil
	case starlark.String:
		text := string(plain)
		if strings.Contains(text, "\x00") && (name != "errors" || o.python.AtLeast(3, 12)) {
			return nil, pyval.ValueError.Errorf("embedded null character")
		}
		return &text, nil
	}
	return nil, noText("TextIOWrapper", name, v)
}

func noText(function, name string, v starlark.Value) error {
	return pyval.TypeError.Errorf("%s() argument '%s' must be str or None, not %s", function, name, argumentType(v))
}

func textSelf(c *pycall.Call) *textObject { return c.Self.(*textObject) }

// addText is io.TextIOWrapper.
func (o *IO) addText() {
	o.methods(o.textIOBase, o.unsupported("read", "|i"), o.unsupported("readline", "|i"), o.unsupported("write", "O"))
	for _, name := range []string{"encoding", "errors", "newlines"} {
		getters(o.textIOBase, &Descriptor{Name: name, Kind: GetsetKind, Get: func(starlark.Value) (starlark.Value, error) {
			return starlark.None, nil
		}})
	}
	o.methods(o.text,
		pycall.Method{Name: "detach", Takes: pycall.NoArgs, Func: func(c *pycall.Call) (starlark.Value, error) {
			buffer, err := textSelf(c).Detach()
			if err != nil {
				return nil, err
			}
			return buffer.(Binary), nil
		}},
		pycall.Method{Name: "reconfigure", Takes: pycall.Keywords, Func: o.reconfigure},
		pycall.Method{Name: "write", Takes: pycall.OneArg, Func: func(c *pycall.Call) (starlark.Value, error) {
			chars, ok := pyval.PlainValue(c.Args[0]).(starlark.String)
			if !ok {
				return nil, pyval.TypeError.Errorf("write() argument must be str, not %s", argumentType(c.Args[0]))
			}
			return count(textSelf(c).Write(string(chars)))
		}},
		pycall.Method{Name: "read", Takes: pycall.FastCall, Func: func(c *pycall.Call) (starlark.Value, error) {
			n, err := size(c, "read")
			if err != nil {
				return nil, err
			}
			return chars(textSelf(c).ReadChars(n))
		}},
		pycall.Method{Name: "readline", Takes: pycall.FastCall, Func: func(c *pycall.Call) (starlark.Value, error) {
			limit := -1
			if err := c.Clinic("|n:readline", &limit); err != nil {
				return nil, err
			}
			return chars(textSelf(c).ReadLine(limit))
		}},
		represent(), slot("__next__", next),
		act("flush", stream.Flush), act("close", stream.Close),
		pycall.Method{Name: "fileno", Takes: pycall.NoArgs, Func: fileno},
		ask("seekable", stream.Seekable), ask("readable", stream.Readable), ask("writable", stream.Writable), ask("isatty", stream.IsATTY),
		pycall.Method{Name: "seek", Takes: pycall.FastCall, Func: o.textSeek},
		pycall.Method{Name: "tell", Takes: pycall.NoArgs, Func: func(c *pycall.Call) (starlark.Value, error) {
			return position(textSelf(c))
		}},
		pycall.Method{Name: "truncate", Takes: pycall.FastCall, Func: textTruncate},
	)
	get := func(name string, kind *pyval.Class, f func(t *textObject) (starlark.Value, error)) *Descriptor {
		return &Descriptor{Name: name, Kind: kind, Get: func(self starlark.Value) (starlark.Value, error) { return f(self.(*textObject)) }}
	}
	chunk := get("_CHUNK_SIZE", GetsetKind, func(t *textObject) (starlark.Value, error) { return count(t.ChunkSize()) })
	chunk.Set = func(self, v starlark.Value) error {
		n, err := pyval.Index(nil, v)
		if err != nil {
			return err
		}
		if !n.IsInt64() {
			return pyval.ValueError.Errorf("cannot fit '%s' into an index-sized integer", pyval.TypeName(v))
		}
		return self.(*textObject).SetChunkSize(int(n.Int64()))
	}
	getters(o.text,
		get("name", GetsetKind, func(t *textObject) (starlark.Value, error) {
			buffer := t.Buffer()
			if buffer == nil {
				_, err := t.Closed() // which says that it is detached
				return nil, err
			}
			return pyval.GetAttr(nil, buffer.(Binary), "name")
		}),
		get("closed", GetsetKind, func(t *textObject) (starlark.Value, error) { return truth(t.Closed()) }),
		get("newlines", GetsetKind, func(t *textObject) (starlark.Value, error) {
			list, err := t.Newlines()
			if err != nil {
				return nil, err
			}
			return oneOrTuple(list), nil
		}),
		get("errors", GetsetKind, func(t *textObject) (starlark.Value, error) { return starlark.String(t.Errors()), nil }),
		chunk,
		get("encoding", MemberKind, func(t *textObject) (starlark.Value, error) { return starlark.String(t.Encoding()), nil }),
		get("buffer", MemberKind, func(t *textObject) (starlark.Value, error) {
			if buffer := t.Buffer(); buffer != nil {
				return buffer.(Binary), nil
			}
			return starlark.None, nil
		}),
		get("line_buffering", MemberKind, func(t *textObject) (starlark.Value, error) { return starlark.Bool(t.LineBuffering()), nil }),
		get("write_through", MemberKind, func(t *textObject) (starlark.Value, error) { return starlark.Bool(t.WriteThrough()), nil }),
		get("_finalizing", MemberKind, func(*textObject) (starlark.Value, error) { return starlark.False, nil }), //nolint:misspell // CPython's name
	)
}

func chars(text string, err error) (starlark.Value, error) {
	if err != nil {
		return nil, err
	}
	return starlark.String(text), nil
}

func oneOrTuple(list []string) starlark.Value {
	var t starlark.Tuple
	for _, s := range list {
		t = append(t, starlark.String(s))
	}
	switch len(t) {
	case 0:
		return starlark.None
	case 1:
		return t[0]
	}
	return t
}

var reconfigureParams = []string{"encoding", "errors", "newline", "line_buffering", "write_through"}

func (o *IO) reconfigure(c *pycall.Call) (starlark.Value, error) {
	var encoding, errors, lines, through starlark.Value = starlark.None, starlark.None, starlark.None, starlark.None
	var newline starlark.Value
	if len(c.Args) > 0 {
		return nil, pyval.TypeError.Errorf("reconfigure() takes no positional arguments")
	}
	if err := c.ClinicKeywords("|OOOOO:reconfigure", reconfigureParams, &encoding, &errors, &newline, &lines, &through); err != nil {
		return nil, err
	}
	if o.python.AtLeast(3, 12) {
		for i, v := range []starlark.Value{encoding, errors, newline} {
			if v == nil || v == starlark.None {
				continue
			}
			if _, isText := pyval.PlainValue(v).(starlark.String); !isText {
				return nil, noText("reconfigure", reconfigureParams[i], v)
			}
		}
	}
	// What is of a wrong type until 3.11 is a change, of which the codec says that.
	change := streams.Change{NewNewline: newline != nil}
	var wrong, err error
	if change.Encoding, wrong = changedText(encoding); wrong == nil {
		change.Errors, wrong = changedText(errors)
	}
	t := textSelf(c)
	if err := t.CheckChange(change); err != nil {
		return nil, err
	}
	if change.Newline, err = changedNewline(newline); err != nil {
		return nil, err
	}
	if err := t.CheckChange(change); err != nil {
		return nil, err
	}
	for _, flag := range []struct {
		v  starlark.Value
		to **bool
	}{{lines, &change.LineBuffering}, {through, &change.WriteThrough}} {
		if flag.v == starlark.None {
			continue
		}
		n, err := c.AsLong(flag.v)
		if err != nil {
			return nil, err
		}
		yes := n != 0
		*flag.to = &yes
	}
	if wrong != nil {
		if err := t.Flush(); err != nil {
			return nil, err
		}
		return nil, wrong
	}
	return done(t.Reconfigure(change))
}

// changedText reads a text that reconfigure is given, or None.
func changedText(v starlark.Value) (*string, error) {
	if v == nil || v == starlark.None {
		return nil, nil
	}
	if plain, isText := pyval.PlainValue(v).(starlark.String); isText {
		text := string(plain)
		return &text, nil
	}
	return new(string), pyval.TypeError.Errorf("bad argument type for built-in operation")
}

// changedNewline reads the newline as the C string that it is: a NUL ends it.
func changedNewline(v starlark.Value) (*string, error) {
	text, err := changedText(v)
	if err != nil || text == nil {
		return nil, err
	}
	encoded, err := pyval.Encode(nil, *text, "utf-8", "strict")
	if err != nil {
		return nil, err
	}
	line, _, _ := strings.Cut(string(encoded), "\x00")
	return &line, nil
}

func textTruncate(c *pycall.Call) (starlark.Value, error) {
	var v starlark.Value = starlark.None
	if err := c.Clinic("|O:truncate", &v); err != nil {
		return nil, err
	}
	t := textSelf(c)
	buffer := t.Buffer()
	if buffer == nil {
		return done(t.Flush())
	}
	if err := t.Flush(); err != nil {
		return nil, err
	}
	return callMethod(c, buffer.(Binary), "truncate", v)
}
