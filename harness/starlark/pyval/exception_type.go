package pyval

import (
	"slices"

	"go.starlark.net/starlark"
)

// exceptionInfo is what every exception has.
func exceptionInfo() *builtinInfo {
	return &builtinInfo{
		construct: callException,
		methods: map[string]method{
			"with_traceback": def("tb", func(c *call) (starlark.Value, error) {
				if c.args[0] != starlark.None {
					return nil, TypeError.Errorf("__traceback__ must be a traceback or None")
				}
				return c.self, nil
			}),
			"add_note":     def("note", addNote).from(11),
			"__setstate__": def("state", setState),
			"__reduce__":   def("", func(c *call) (starlark.Value, error) { return c.self.(*Exception).reduced(), nil }),
			"__repr__":     defSlot("", func(c *call) (starlark.Value, error) { return starlark.String(c.self.String()), nil }),
			"__str__":      defSlot("", func(c *call) (starlark.Value, error) { return starlark.String(Str(c.self)), nil }),
		},
		getters: map[string]func(starlark.Value) (starlark.Value, error){
			"__dict__": func(self starlark.Value) (starlark.Value, error) { return self.(*Exception).dict(), nil },
		},
	}
}

// setState gives the exception the attributes that a dict holds.
func setState(c *call) (starlark.Value, error) {
	switch state := c.args[0].(type) {
	case starlark.NoneType:
	case *starlark.Dict:
		for _, item := range state.Items() {
			if err := SetAttr(c.thread, c.self, Str(item[0]), item[1]); err != nil {
				return nil, err
			}
		}
	default:
		return nil, TypeError.Errorf("state is not a dictionary")
	}
	return starlark.None, nil
}

func addNote(c *call) (starlark.Value, error) {
	if _, ok := c.args[0].(starlark.String); !ok {
		if Python(c.thread).AtLeast(3, 14) {
			return nil, TypeError.Errorf("add_note() argument must be str, not %s", TypeName(c.args[0]))
		}
		return nil, TypeError.Errorf("note must be a str, not '%s'", TypeName(c.args[0]))
	}
	e := c.self.(*Exception)
	notes, ok := e.given().Get("__notes__").(*starlark.List)
	if !ok && e.given().Get("__notes__") != nil {
		return nil, TypeError.Errorf("Cannot add note: __notes__ is not a list")
	}
	if !ok {
		notes = starlark.NewList(nil)
		e.setAttr("__notes__", notes)
	}
	return starlark.None, notes.Append(c.args[0])
}

// derived are the attributes that are kept beside those that steps assign, and are
// not in __dict__.
var derived = []string{
	"characters_written", "exceptions", "filename2", "message",
	"__cause__", "__context__", "__suppress_context__", "__traceback__",
}

// dict is a copy of the attributes that steps have assigned.
func (e *Exception) dict() *starlark.Dict {
	d := new(starlark.Dict)
	for _, item := range e.given().Dict().Items() {
		if name, ok := item[0].(starlark.String); !ok || !slices.Contains(derived, string(name)) {
			_ = d.SetKey(item[0], item[1]) // a fresh dict takes what another one has as keys
		}
	}
	return d
}

// reduced is __reduce__: the class, the arguments that make the exception anew, and
// the attributes if there are any.
func (e *Exception) reduced() starlark.Tuple {
	args := e.Args
	if e.Class.Subclass(OSError) && len(args) == 2 && e.Filename != nil {
		args = append(slices.Clone(args), e.Filename)
		if second := e.given().Get("filename2"); second != nil {
			args = append(args, starlark.None, second)
		}
	}
	parts := starlark.Tuple{e.Class, args}
	if d := e.dict(); d.Len() > 0 {
		parts = append(parts, d)
	}
	return parts
}

// deleteAttr deletes an attribute. What C code keeps is None from then on.
func (e *Exception) deleteAttr(python Version, name string) error {
	if e.Class.Subclass(OSError) {
		switch name {
		case "errno":
			e.Errno, e.errnoGiven = starlark.None, false
			return nil
		case "strerror":
			e.Strerror, e.errnoGiven = starlark.None, false
			return nil
		case "filename":
			e.Filename = nil
			return nil
		}
	}
	if name == "args" {
		return TypeError.Errorf("args may not be deleted")
	}
	switch deleted := e.given().Delete(name); {
	case !deleted && !python.AtLeast(3, 10):
		return AttributeError.Errorf("%s", name)
	case !deleted:
		return AttributeError.Errorf("'%s' object has no attribute '%s'", e.Class.Short, name)
	}
	return nil
}
