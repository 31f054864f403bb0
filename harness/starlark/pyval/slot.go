package pyval

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"go.starlark.net/starlark"
)

// MemberType is the class of what stands in a class for a slot of its objects.
var MemberType = &Class{Short: "member_descriptor"}

// A Slot is an attribute that a class made room for with __slots__. What an object has
// there, the object keeps; see [Slotted].
type Slot struct {
	Owner  *Class
	Name   string
	python Version
}

// Slotted is an object that can have slots.
type Slotted interface {
	starlark.Value
	// Slots are the values of those that are not empty.
	Slots() *Dictionary
}

var _ Object = (*Slot)(nil)

// takeSlots makes of __slots__ what the class has for its objects.
func (c *Class) takeSlots(thread *starlark.Thread) error {
	given := c.Attrs["__slots__"]
	if given == nil {
		return nil
	}
	names := []starlark.Value{given}
	if _, one := given.(starlark.String); !one {
		var err error
		if names, err = ToSlice(thread, given); err != nil {
			return err
		}
	}
	if len(names) > 0 && c.variable() {
		what := "nonempty"
		if c.python.AtLeast(3, 15) {
			what = "arbitrary"
		}
		return TypeError.Errorf("%s __slots__ not supported for subtype of '%s'", what, c.Bases[0].Short)
	}
	for _, name := range names {
		if err := c.takeSlot(name); err != nil {
			return err
		}
	}
	return nil
}

func (c *Class) takeSlot(v starlark.Value) error {
	text, ok := v.(starlark.String)
	name := string(text)
	switch {
	case !ok:
		return TypeError.Errorf("__slots__ items must be strings, not '%s'", TypeName(v))
	case !identifier(name):
		return TypeError.Errorf("__slots__ must be identifiers")
	case name == "__dict__":
		if c.baseHas((*Class).HasDict) {
			return TypeError.Errorf("__dict__ slot disallowed: we already got one")
		}
		c.dict = true
		return nil
	case name == "__weakref__":
		switch {
		case !c.baseHas((*Class).weaklyReferenced):
			return nil
		case c.python.AtLeast(3, 12):
			return TypeError.Errorf("__weakref__ slot disallowed: we already got one")
		}
		return TypeError.Errorf("__weakref__ slot disallowed: either we already got one, or __itemsize__ != 0")
	}
	name = mangled(c.Short, name)
	if old, taken := c.Attrs[name]; taken {
		if _, twice := old.(*Slot); !twice {
			return ValueError.Errorf("%s in __slots__ conflicts with class variable", Repr(starlark.String(name)))
		}
	}
	c.Attrs[name] = &Slot{Owner: c, Name: name, python: c.python}
	c.own = append(c.own, name)
	return nil
}

func (c *Class) baseHas(what func(*Class) bool) bool { return slices.ContainsFunc(c.Bases, what) }

// variable reports whether the objects of the class differ in size, and so have no
// room for slots behind what they hold.
func (c *Class) variable() bool {
	s := c.solid()
	return s == IntType || s == TupleType || s == BytesType
}

// weaklyReferenced reports whether the objects of the class can be referred to weakly.
func (c *Class) weaklyReferenced() bool {
	return c.Attrs["__weakref__"] != nil || c.Made && c.Attrs["__slots__"] == nil || c.baseHas((*Class).weaklyReferenced)
}

// HasDict reports whether an object of the class has a __dict__: unless all of the
// classes that Python code made have __slots__ without it.
func (c *Class) HasDict() bool {
	for _, k := range c.MRO() {
		if k.Made && (k.dict || k.Attrs["__slots__"] == nil) || k == BaseException {
			return true
		}
	}
	return false
}

// Slot is what the first class that has the attribute has for a slot of that name, or
// nil.
func (c *Class) Slot(name string) *Slot {
	s, _ := c.made(name).(*Slot)
	return s
}

// mangled is a private name of the class as it is outside of it.
func mangled(class, name string) string {
	class = strings.TrimLeft(class, "_")
	if class == "" || !strings.HasPrefix(name, "__") || strings.HasSuffix(name, "__") {
		return name
	}
	return "_" + class + name
}

func identifier(name string) bool {
	for i, r := range name {
		if r != '_' && !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r)) {
			return false
		}
	}
	return name != ""
}

// Get reads the slot of an object.
func (s *Slot) Get(of Slotted) (starlark.Value, error) {
	if v := of.Slots().Get(s.Name); v != nil {
		return v, nil
	}
	return nil, EmptySlot(s.python, TypeOf(of), s.Name)
}

// Set assigns the slot of an object, or empties it: v is nil.
func (s *Slot) Set(of interface{ Slots() *Dictionary }, v starlark.Value) error {
	switch {
	case v != nil:
		of.Slots().Set(s.Name, v)
	case !of.Slots().Delete(s.Name):
		return AttributeError.Errorf("%s", s.Name)
	}
	return nil
}

// EmptySlot is the AttributeError of a slot that is empty.
func EmptySlot(python Version, class *Class, name string) error {
	switch {
	case !python.AtLeast(3, 10):
		return AttributeError.Errorf("%s", name)
	case !python.AtLeast(3, 12):
		return AttributeError.Errorf("'%s' object has no attribute '%s'", class.Short, name)
	}
	return AttributeError.Errorf("'%s' object has no attribute '%s'", class.Full(), name)
}

// SlotState is what the public slots of an object hold, as an observation shows them.
func SlotState(of Slotted) []Attr {
	var state []Attr
	class := TypeOf(of)
	for _, name := range class.AttrNames() {
		s := class.Slot(name)
		if s == nil || strings.HasPrefix(name, "_") {
			continue
		}
		v, err := s.Get(of)
		if e, ok := AsException(err); ok {
			v = e
		}
		state = append(state, Attr{Name: name, Value: v})
	}
	return state
}

// PyClass is member_descriptor.
func (s *Slot) PyClass() *Class { return MemberType }

// PyState is nothing.
func (s *Slot) PyState() []Attr { return nil }

// Attr reads an attribute of the descriptor itself.
func (s *Slot) Attr(name string) (starlark.Value, error) {
	switch name {
	case "__name__":
		return starlark.String(s.Name), nil
	case "__qualname__":
		return starlark.String(s.Owner.Short + "." + s.Name), nil
	case "__objclass__":
		return s.Owner, nil
	case "__doc__":
		return starlark.None, nil
	case "__get__":
		return s.protocol(name, "instance owner?", func(of Slotted, _ starlark.Value) (starlark.Value, error) { return s.Get(of) }), nil
	case "__set__":
		return s.protocol(name, "instance value", func(of Slotted, v starlark.Value) (starlark.Value, error) { return starlark.None, s.Set(of, v) }), nil
	case "__delete__":
		return s.protocol(name, "instance", func(of Slotted, _ starlark.Value) (starlark.Value, error) { return starlark.None, s.Set(of, nil) }), nil
	}
	return nil, nil
}

// protocol is what the interpreter calls of a descriptor.
func (s *Slot) protocol(name, parameters string, f func(of Slotted, v starlark.Value) (starlark.Value, error)) starlark.Value {
	return NewFunction(name, parameters, func(_ *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
		of, ok := args[0].(Slotted)
		if !ok || !IsInstance(of, s.Owner) {
			return nil, TypeError.Errorf("descriptor '%s' for '%s' objects doesn't apply to a '%s' object", s.Name, s.Owner.Short, TypeName(args[0]))
		}
		var v starlark.Value
		if len(args) > 1 {
			v = args[1]
		}
		return f(of, v)
	})
}

// AttrNames is empty.
func (s *Slot) AttrNames() []string { return nil }

// String is Python's repr.
func (s *Slot) String() string {
	return fmt.Sprintf("<member '%s' of '%s' objects>", s.Name, s.Owner.Short)
}

// Type is the class's name.
func (s *Slot) Type() string { return MemberType.Short }

// Freeze does nothing: a descriptor never changes.
func (s *Slot) Freeze() {}

// Truth is true for every descriptor.
func (s *Slot) Truth() starlark.Bool { return true }

// Hash is by identity.
func (s *Slot) Hash() (uint32, error) { return hashPointer(s), nil }
