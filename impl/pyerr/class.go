package pyerr

// A Class is a Python exception class. Two Classes are the same class if they
// are the same pointer. As an error it is a target for errors.Is.
//
//nolint:errname // Python's word
type Class struct {
	Name   string // __name__
	Module string // __module__; empty for builtins
	Base   *Class // the class that it derives from; nil only for BaseException
	Also   *Class // a second one, or nil
}

// Qualified is the name with its module, as a traceback shows it:
// "socket.gaierror", and "OSError" for a builtin. Nil is no class, and has Exception's.
func (c *Class) Qualified() string {
	switch {
	case c == nil:
		return Exception.Name
	case c.Module == "":
		return c.Name
	}
	return c.Module + "." + c.Name
}

// Error is the qualified name, which makes a Class a target for errors.Is.
func (c *Class) Error() string { return c.Qualified() }

// Subclass reports whether c is base or derives from it, as Python's
// issubclass does.
func (c *Class) Subclass(base *Class) bool {
	for ; c != nil; c = c.Base {
		if c == base || c.Also.Subclass(base) {
			return true
		}
	}
	return false
}

// MRO is the class followed by its bases, nearest first, without object.
func (c *Class) MRO() []*Class {
	var mro []*Class
	for ; c != nil; c = c.Base {
		mro = append(mro, c)
		if c.Also != nil {
			return append(append(mro, c.Base, c.Also), c.Base.Base.MRO()...)
		}
	}
	return mro
}
