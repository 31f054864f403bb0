package pyval

import (
	"sync"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"
)

// members guards the names of modules and classes between a step that assigns one and
// the functions of a module, which look theirs up beside the steps.
var members sync.RWMutex

func setMember(module *starlarkstruct.Module, name string, v starlark.Value) {
	members.Lock()
	defer members.Unlock()
	module.Members[name] = v
}

// Member is what a name of the module stands for now, or nil. It is for functions
// that may run beside the steps.
func Member(module *starlarkstruct.Module, name string) starlark.Value {
	members.RLock()
	defer members.RUnlock()
	return module.Members[name]
}

func (c *Class) setMember(name string, v starlark.Value) {
	members.Lock()
	defer members.Unlock()
	c.Attrs[name] = v
}

// deleteMember deletes an attribute that the class itself has.
func (c *Class) deleteMember(python Version, name string) error {
	members.Lock()
	defer members.Unlock()
	if _, ok := c.Attrs[name]; !ok {
		return notInDict(python, c, name)
	}
	delete(c.Attrs, name)
	return nil
}

// Current is what the class or the first of its bases that has the attribute keeps
// there, or nil. It is for functions that may run beside the steps.
func (c *Class) Current(name string) starlark.Value {
	members.RLock()
	defer members.RUnlock()
	for _, k := range c.MRO() {
		if v, ok := k.Attrs[name]; ok {
			return v
		}
	}
	return nil
}
