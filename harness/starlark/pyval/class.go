package pyval

import (
	"cmp"
	"fmt"
	"slices"
	"weak"

	"go.starlark.net/starlark"
)

// A Class is a Python class. Two Classes are the same class if they are the
// same pointer.
type Class struct {
	Module string   // empty for builtins
	Short  string   // __name__
	C      bool     // C code defines it: errors name it with its module
	Bases  []*Class // direct bases; empty means object

	// New is called when the class is. Nil: the nearest base's is used, and if
	// none has one the class cannot be called from Python code ("cannot create
	// 'NAME' instances").
	New NewFunc
	// Attrs are the class attributes that a step can read: methods, class methods,
	// enum members.
	Attrs starlark.StringDict
	// Names are what dir() lists of the class and of its instances, in order. Nil:
	// it lists what Attrs and the bases have, which leaves out what every class has.
	Names []string
	// InstanceNames are what dir() lists of an instance, where that is not Names.
	InstanceNames []string
	// Registered are the classes that count as subclasses without deriving from the
	// class, as those do that an abstract class was told of.
	Registered []*Class
	// Enum is set for the classes that [NewEnumClass] makes.
	Enum *EnumInfo
	// Made is set for the classes that Python code makes, by calling type. Their
	// Attrs can be assigned.
	Made     bool
	deriving []weak.Pointer[Class] // the classes that derive from it, as far as they said so
	own      []string              // the names of Attrs that the class was made with, in order
	// evaluate calls what a made class has of special methods, and python is the version
	// that says which of them mean anything.
	evaluate EvaluateFunc
	python   Version
	qualname string   // __qualname__, where that is not Short
	dict     bool     // __slots__ has __dict__ among them
	mro      []*Class // of a made class, with no room behind it
	// Blank makes an instance of the class without what its __init__ does, for the
	// classes that Python code derives from it. Nil: New does it all.
	Blank NewFunc
}

// A NewFunc makes an instance of the class, which may be a subclass of the one
// that the function belongs to.
type NewFunc func(thread *starlark.Thread, class *Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error)

var (
	_ starlark.Callable = (*Class)(nil)
	_ starlark.HasAttrs = (*Class)(nil)
)

// Qualified is the name with its module, as observations carry it.
func (c *Class) Qualified() string {
	switch {
	case c.Module == "" && c.Attrs["__module__"] != nil: // which is no text
		return c.Short
	case c.Module == "":
		return c.qualified()
	}
	return c.Module + "." + c.qualified()
}

func (c *Class) qualified() string { return cmp.Or(c.qualname, c.Short) }

// Full is how C code names the class in errors that show its full name: without the
// module that the steps are.
func (c *Class) Full() string {
	if c.Module == stepsModule {
		return c.qualified()
	}
	return c.Qualified()
}

// MRO is the class and its bases in method resolution order (C3), without
// object.
func (c *Class) MRO() []*Class {
	if c.mro != nil {
		return c.mro
	}
	switch len(c.Bases) {
	case 0:
		return []*Class{c}
	case 1:
		return append([]*Class{c}, c.Bases[0].MRO()...)
	}
	var queues [][]*Class
	for _, base := range c.Bases {
		queues = append(queues, base.MRO())
	}
	return append([]*Class{c}, merge(append(queues, slices.Clone(c.Bases)))...)
}

// merge is C3's: it takes the first head that is in no other queue's tail. For
// bases that have no consistent order, which Python would refuse, it falls back
// to the first head.
func merge(queues [][]*Class) []*Class {
	var order []*Class
	for {
		queues = slices.DeleteFunc(queues, func(q []*Class) bool { return len(q) == 0 })
		if len(queues) == 0 {
			return order
		}
		next := queues[0][0]
		for _, q := range queues {
			if !inTail(queues, q[0]) {
				next = q[0]
				break
			}
		}
		order = append(order, next)
		for i, q := range queues {
			queues[i] = slices.DeleteFunc(slices.Clone(q), func(k *Class) bool { return k == next })
		}
	}
}

func inTail(queues [][]*Class, c *Class) bool {
	for _, q := range queues {
		if slices.Contains(q[1:], c) {
			return true
		}
	}
	return false
}

// Subclass reports whether c is base or derives from it.
func (c *Class) Subclass(base *Class) bool {
	return base == ObjectType || slices.Contains(c.MRO(), base) || slices.ContainsFunc(base.Registered, c.Subclass)
}

func (c *Class) String() string {
	if c.Enum != nil {
		return c.Enum.classRepr(c)
	}
	return fmt.Sprintf("<class '%s'>", c.Qualified())
}

// Type is Python's name for a class's class.
func (c *Class) Type() string { return "type" }

// Freeze does nothing: classes are shared as they are.
func (c *Class) Freeze() {}

// Truth is true for every class.
func (c *Class) Truth() starlark.Bool { return true }

// Hash lets classes be keys.
func (c *Class) Hash() (uint32, error) { return starlark.String(c.Qualified()).Hash() }

// CallInternal makes an instance.
func (c *Class) CallInternal(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	if c.Made {
		return c.instantiate(thread, args, kwargs)
	}
	return c.native(thread, args, kwargs)
}

// native makes an instance as the nearest class does that no Python code made.
func (c *Class) native(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	for _, k := range c.MRO() {
		if k.New != nil {
			return k.New(thread, c, args, kwargs)
		}
		if construct := builtinType(k).construct; construct != nil {
			v, err := construct(thread, c, args, kwargs)
			if err != nil {
				return nil, err
			}
			return c.derive(v), nil
		}
	}
	if c.Made {
		return callObject(thread, c, args, kwargs)
	}
	return nil, TypeError.Errorf("cannot create '%s' instances", c.Qualified())
}

// Interpreted reports whether making an instance is this package's own work, and
// not a port's: then it does not block.
func (c *Class) Interpreted() bool {
	for _, k := range c.MRO() {
		if k.New != nil {
			return k.Enum != nil
		}
	}
	return !c.Made
}

// Attr reads a class attribute, along the MRO.
func (c *Class) Attr(name string) (starlark.Value, error) {
	switch name {
	case "__name__":
		return starlark.String(c.Short), nil
	case "__qualname__":
		return starlark.String(c.qualified()), nil
	case "__module__":
		if own := c.Attrs[name]; own != nil {
			return own, nil
		}
		if c.Module == "" {
			return starlark.String("builtins"), nil
		}
		return starlark.String(c.Module), nil
	case "__mro__":
		return c.mroTuple(), nil
	case "__base__":
		return classTuple(c.Bases)[0], nil
	case "__bases__":
		return classTuple(c.Bases), nil
	case "__class__":
		return TypeOf(c), nil
	case "__dict__":
		return c.namespace(), nil
	}
	for _, k := range c.MRO() {
		if v, ok := k.Attrs[name]; ok {
			if k.Made && classMethod(name) {
				v = Bound(v, c)
			}
			return v, nil
		}
		if name == "__new__" && slices.Contains(valued, k) {
			return NewOf(k), nil
		}
		if v := builtinType(k).classAttr(k, c, name); v != nil {
			return v, nil
		}
	}
	if c.Enum != nil {
		if v := c.Enum.classAttr(c, name); v != nil {
			return v, nil
		}
	}
	if v := builtinType(ObjectType).classAttr(ObjectType, c, name); v != nil {
		return v, nil
	}
	if c.Made && name == "__doc__" {
		return starlark.None, nil
	}
	return nil, nil // type has more
}

func (c *Class) mroTuple() starlark.Tuple {
	return append(classTuple(c.MRO()), ObjectType)
}

func classTuple(classes []*Class) starlark.Tuple {
	if len(classes) == 0 {
		return starlark.Tuple{ObjectType}
	}
	t := make(starlark.Tuple, len(classes))
	for i, k := range classes {
		t[i] = k
	}
	return t
}

// AttrNames lists the class attributes, along the MRO, in order of names.
func (c *Class) AttrNames() []string {
	var names []string
	for _, k := range c.MRO() {
		for name := range k.Attrs {
			names = append(names, name)
		}
		names = append(names, builtinType(k).names()...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Name is __name__, as starlark.Callable wants it.
func (c *Class) Name() string { return c.Short }
