package pyval

import (
	"errors"
	"slices"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"
)

// GetAttr is Python's v.name.
func GetAttr(thread *starlark.Thread, v starlark.Value, name string) (starlark.Value, error) {
	a, err := findAttr(thread, v, name)
	if err != nil {
		return nil, err
	}
	if a == nil {
		return nil, noAttribute(v, name)
	}
	return a, nil
}

// findAttr returns nil where there is no such attribute. A class that Python code made
// may answer in its own way.
func findAttr(thread *starlark.Thread, v starlark.Value, name string) (starlark.Value, error) {
	class := TypeOf(v)
	if !class.Made {
		return ownAttr(thread, v, name)
	}
	var a starlark.Value
	var err error
	if f := class.made("__getattribute__"); f != nil {
		a, err = Call(thread, Bound(f, v), starlark.Tuple{starlark.String(name)}, nil)
	} else {
		a, err = ownAttr(thread, v, name)
	}
	if e, ok := AsException(err); err == nil && a != nil || err != nil && (!ok || !e.Class.Subclass(AttributeError)) {
		return a, err
	}
	if f := class.made("__getattr__"); f != nil {
		return Call(thread, Bound(f, v), starlark.Tuple{starlark.String(name)}, nil)
	}
	return a, err
}

// OwnAttr is object.__getattribute__: v.name without what the class has to say of
// attributes.
func OwnAttr(thread *starlark.Thread, v starlark.Value, name string) (starlark.Value, error) {
	a, err := ownAttr(thread, v, name)
	if err == nil && a == nil {
		err = noAttribute(v, name)
	}
	return a, err
}

// ownAttr returns nil where there is no such attribute.
func ownAttr(thread *starlark.Thread, v starlark.Value, name string) (starlark.Value, error) {
	return described(thread, v, name, func() (starlark.Value, error) { return plainAttr(thread, v, name) })
}

// plainAttr is ownAttr without the descriptors of the steps.
func plainAttr(thread *starlark.Thread, v starlark.Value, name string) (starlark.Value, error) {
	if answersForItself(v) {
		a, err := answer(thread, v.(starlark.HasAttrs), name)
		if u, ok := a.(*unboundMethod); ok && !Python(thread).AtLeast(3, u.method.since) {
			return nil, nil
		}
		if err = ignoreNoSuchAttr(err); err != nil || a != nil {
			return a, err
		}
	}
	if f, ok := v.(*starlark.Function); ok {
		if a := functionAttr(f, name); a != nil {
			return a, nil
		}
	}
	class := TypeOf(v)
	switch name {
	case "__class__":
		return class, nil
	case "__dict__":
		if module, ok := v.(*starlarkstruct.Module); ok {
			return moduleDict(module), nil
		}
	case "__module__":
		// The builtin classes keep it from their instances.
		if class.Module != "" {
			return starlark.String(class.Module), nil
		}
	case "__name__", "__qualname__":
		if module, ok := v.(*starlarkstruct.Module); ok && name == "__name__" {
			return starlark.String(module.Name), nil
		}
		if f, ok := v.(starlark.Callable); ok {
			return starlark.String(CallableName(f)), nil
		}
	}
	for _, k := range append(class.MRO(), ObjectType) {
		if a, ok := k.Attrs[name]; ok && k.mutable() {
			return Bound(a, v), nil
		}
		if a, err := builtinType(k).instanceAttr(Python(thread), k, v, name); err != nil || a != nil {
			return a, err
		}
	}
	if name == "__doc__" {
		return starlark.None, nil // everything has one; what CPython's says is its authors' text
	}
	return nil, nil
}

// answer is what a value that knows its attributes says; some call Python code for it.
func answer(thread *starlark.Thread, v starlark.HasAttrs, name string) (starlark.Value, error) {
	if asks, ok := v.(interface {
		PyAttr(thread *starlark.Thread, name string) (starlark.Value, error)
	}); ok {
		return asks.PyAttr(thread, name)
	}
	return v.Attr(name)
}

func moduleDict(module *starlarkstruct.Module) *starlark.Dict {
	d := starlark.NewDict(len(module.Members))
	for _, name := range module.Members.Keys() {
		_ = d.SetKey(starlark.String(name), module.Members[name]) // a fresh dict of strings cannot refuse
	}
	return d
}

// answersForItself tells values that know their attributes from Starlark's own
// types, whose attributes are Starlark's and not Python's.
func answersForItself(v starlark.Value) bool {
	switch v.(type) {
	case starlark.String, starlark.Bytes, *starlark.List, *starlark.Dict, *starlark.Set:
		return false
	}
	_, ok := v.(starlark.HasAttrs)
	return ok
}

func ignoreNoSuchAttr(err error) error {
	if _, ok := errors.AsType[starlark.NoSuchAttrError](err); ok {
		return nil
	}
	return err
}

func noAttribute(v starlark.Value, name string) *Exception {
	switch v := v.(type) {
	case *Class:
		switch {
		case v.Enum != nil && !v.Enum.Python.AtLeast(3, 12):
			return AttributeError.Errorf("%s", name)
		case v.Enum != nil && (name == "name" || name == "value"):
			// Properties of the members, which look for a member of that name.
			return AttributeError.Errorf("%s has no attribute '%s'", v, name)
		}
		return AttributeError.Errorf("type object '%s' has no attribute '%s'", v.inErrors(), name)
	case *starlarkstruct.Module:
		return AttributeError.Errorf("module '%s' has no attribute '%s'", v.Name, name)
	}
	if TypeOf(v) == MethodType {
		// A bound method asks its function for what it does not have itself.
		return AttributeError.Errorf("'%s' object has no attribute '%s'", FunctionType.Short, name)
	}
	return AttributeError.Errorf("'%s' object has no attribute '%s'", TypeName(v), name)
}

// HasAttr is Python's hasattr: AttributeError means no, any other exception is
// raised.
func HasAttr(thread *starlark.Thread, v starlark.Value, name string) (bool, error) {
	a, err := findAttr(thread, v, name)
	if e, ok := AsException(err); ok && e.Class.Subclass(AttributeError) {
		return false, nil
	}
	return a != nil, err
}

// SetAttr is Python's v.name = x.
func SetAttr(thread *starlark.Thread, v starlark.Value, name string, x starlark.Value) error {
	if f := TypeOf(v).made("__setattr__"); f != nil {
		bound, err := boundIn(f, v)
		if err == nil {
			_, err = Call(thread, bound, starlark.Tuple{starlark.String(name), x}, nil)
		}
		return err
	}
	return setOwnAttr(thread, v, name, x)
}

// setOwnAttr is object.__setattr__.
func setOwnAttr(thread *starlark.Thread, v starlark.Value, name string, x starlark.Value) error {
	if d := assignedBy(v, name); d != nil {
		return d.set(thread, v, x)
	}
	switch v := v.(type) {
	case *starlarkstruct.Module:
		setMember(v, name, x)
		return nil
	case *Class:
		if v.Named(name) != nil {
			if v.Enum.Python.AtLeast(3, 11) {
				return AttributeError.Errorf("cannot reassign member '%s'", name)
			}
			return AttributeError.Errorf("Cannot reassign members.")
		}
		switch {
		case v.Enum != nil:
			v.Enum.assign(nil, name, x)
			return nil
		case v.Made && slices.Contains(ofType, name):
			return v.assignOwn(Python(thread), name, x)
		case v.mutable():
			v.setMember(name, x)
			return nil
		}
		named := v.Short
		if v.C {
			named = v.Qualified()
		}
		if !Python(thread).AtLeast(3, 10) {
			return TypeError.Errorf("can't set attributes of built-in/extension type '%s'", named)
		}
		return TypeError.Errorf("cannot set '%s' attribute of immutable type '%s'", name, named)
	case *starlark.Function:
		functionDict(v).Set(name, x)
		return nil
	case *Enum:
		if err := v.readOnly("set", name); err != nil {
			return err
		}
		v.Of.Enum.assign(v, name, x)
		return nil
	case starlark.HasSetField:
		if name == "__class__" {
			if err := checkClass(Python(thread), TypeOf(v), x); err != nil {
				return err
			}
		}
		err := v.SetField(name, x)
		if err == nil || ignoreNoSuchAttr(err) != nil {
			return err
		}
	}
	return readOnly(thread, v, name)
}

// mutable reports whether Python code made the class, which is the module's own or the
// steps', or C code while it ran.
func (c *Class) mutable() bool {
	return c.Made || c.Module != "" && c.Module != "io" && !c.C && c.Attrs != nil
}

// checkClass refuses what cannot become the class of an object of a class.
func checkClass(python Version, of *Class, x starlark.Value) error {
	class, ok := x.(*Class)
	switch {
	case !ok:
		return TypeError.Errorf("__class__ must be set to a class, not '%s' object", TypeName(x))
	case class.mutable() && of.mutable():
		return nil
	case !python.AtLeast(3, 10):
		return TypeError.Errorf("__class__ assignment only supported for heap types or ModuleType subclasses")
	}
	return TypeError.Errorf("__class__ assignment only supported for mutable types or ModuleType subclasses")
}

// A deleter is a value whose own attributes can be deleted.
type deleter interface {
	starlark.Value
	DelField(name string) error
}

// deleteOwnAttr is object.__delattr__.
func deleteOwnAttr(thread *starlark.Thread, v starlark.Value, name string) error {
	if d := assignedBy(v, name); d != nil {
		return d.set(thread, v, nil)
	}
	switch v := v.(type) {
	case *Class:
		if v.Made {
			return v.deleteMember(Python(thread), name)
		}
	case *Exception:
		return v.deleteAttr(Python(thread), name)
	case *Enum:
		err := v.readOnly("delete", name)
		if err == nil && !v.Of.Enum.unassign(v, name) {
			err = notInDict(Python(thread), v, name)
		}
		return err
	case deleter:
		err := v.DelField(name)
		switch {
		case err == nil || ignoreNoSuchAttr(err) != nil:
			return err
		case !Python(thread).AtLeast(3, 11):
			return AttributeError.Errorf("%s", name)
		}
		return AttributeError.Errorf("'%s' object has no attribute '%s'", TypeName(v), name)
	}
	return readOnly(thread, v, name)
}

// notInDict is the error of deleting what an object has not been given.
func notInDict(python Version, v starlark.Value, name string) error {
	if !python.AtLeast(3, 10) {
		return AttributeError.Errorf("%s", name)
	}
	return noAttribute(v, name)
}

// readOnly is the AttributeError of an object that has no room for the attribute.
func readOnly(thread *starlark.Thread, v starlark.Value, name string) error {
	if found, err := HasAttr(thread, v, name); err == nil && found {
		return AttributeError.Errorf("'%s' object attribute '%s' is read-only", TypeName(v), name)
	}
	if Python(thread).AtLeast(3, 13) {
		return AttributeError.Errorf("'%s' object has no attribute '%s' and no __dict__ for setting new attributes", TypeName(v), name)
	}
	return AttributeError.Errorf("'%s' object has no attribute '%s'", TypeName(v), name)
}

// madeNames are what dir() lists of a class that Python code made: what is in the
// namespaces of the classes that it consists of.
func (c *Class) madeNames() []string {
	names := []string{"__class__"}
	for _, k := range append(c.MRO(), ObjectType) {
		if !k.Made && k.Names != nil {
			names = append(names, k.Names...) // of its bases too
			continue
		}
		for _, name := range k.namespace().items() {
			names = append(names, string(name.(starlark.String)))
		}
	}
	return names
}

// assignedNames are those of the attributes that an object has been given.
func assignedNames(v starlark.Value) []string {
	if _, isClass := v.(*Class); isClass {
		return nil
	}
	given, _ := ownAttr(nil, v, "__dict__")
	dict, ok := given.(*starlark.Dict)
	if !ok {
		return nil
	}
	var names []string
	for _, key := range dict.Keys() {
		if name, ok := key.(starlark.String); ok {
			names = append(names, string(name))
		}
	}
	return names
}

// Dir is Python's dir(v). Unless the class says what it lists, the names that
// every class has are left out.
func Dir(v starlark.Value) []string {
	var names []string
	c, isClass := v.(*Class)
	if !isClass {
		c = TypeOf(v)
	}
	switch {
	case !isClass && c.InstanceNames != nil:
		names = c.InstanceNames
	case c.Made:
		names = append(c.madeNames(), assignedNames(v)...)
	case c.Names != nil:
		names = c.Names
	case isClass:
		names = c.AttrNames()
	default:
		if answersForItself(v) {
			names = v.(starlark.HasAttrs).AttrNames()
		}
		for _, k := range TypeOf(v).MRO() {
			names = append(names, builtinType(k).names()...)
		}
	}
	names = slices.Clone(names)
	slices.Sort(names)
	return slices.Compact(names)
}
