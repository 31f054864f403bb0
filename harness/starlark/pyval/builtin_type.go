package pyval

import (
	"slices"
	"sync"

	"go.starlark.net/starlark"
)

// builtinInfo is what a builtin type brings along: its constructor, methods of
// instances, methods of the class, and plain attributes of instances.
type builtinInfo struct {
	construct NewFunc
	methods   map[string]method
	statics   map[string]method
	getters   map[string]func(self starlark.Value) (starlark.Value, error)
}

// builtinTypes is made on first use and not by an initialiser: methods look
// attributes up, so Go would see a cycle.
var builtinTypes struct {
	once   sync.Once
	byType map[*Class]*builtinInfo
}

var noBuiltin = new(builtinInfo)

// builtinType never returns nil.
func builtinType(c *Class) *builtinInfo {
	builtinTypes.once.Do(func() {
		builtinTypes.byType = map[*Class]*builtinInfo{
			ObjectType: objectInfo(),
			TypeType:   typeInfo(),
			NoneType: {methods: map[string]method{
				"__bool__": def("", func(*call) (starlark.Value, error) { return starlark.False, nil }),
			}},
			IntType:        intInfo(),
			BoolType:       {construct: callBool},
			FloatType:      floatInfo(),
			StrType:        strInfo(),
			BytesType:      bytesInfo(),
			BytearrayType:  bytearrayInfo(),
			MemoryviewType: memoryviewInfo(),
			TupleType:      tupleInfo(),
			ListType:       listInfo(),
			DictType:       dictInfo(),
			SetType:        setInfo(),
			FrozensetType:  frozensetInfo(),
			RangeType:      rangeInfo(),
			SliceType:      sliceInfo(),
			dictKeysType:   viewInfo(),
			dictValuesType: viewInfo(),
			dictItemsType:  viewInfo(),

			mappingProxyType: proxyInfo(),

			IteratorType:  iteratorInfo(),
			EnumerateType: {construct: callEnumerate},
			ZipType:       {construct: callZip},
			MapType:       {construct: callMap},
			FilterType:    {construct: callFilter},
			ReversedType:  {construct: callReversed},
			BaseException: exceptionInfo(),
			EnumType:      enumInfo(),
			FlagType:      flagInfo(),
		}
		for c, info := range builtinTypes.byType {
			info.addSlots(c)
		}
	})
	if info := builtinTypes.byType[c]; info != nil {
		return info
	}
	return noBuiltin
}

// instanceAttr is an attribute of an instance, or nil.
func (i *builtinInfo) instanceAttr(python Version, owner *Class, self starlark.Value, name string) (starlark.Value, error) {
	if get := i.getters[name]; get != nil && python.AtLeast(3, getterSince[name]) {
		return get(heldBy(self, owner))
	}
	if m, ok := i.methods[name]; ok && python.AtLeast(3, m.since) {
		return &BoundMethod{self: self, owner: owner, name: name, method: m}, nil
	}
	if m, ok := i.statics[name]; ok {
		return i.static(owner, TypeOf(self), name, m), nil
	}
	return nil, nil
}

// classAttr is an attribute of the class: class methods bound to class, methods
// of instances unbound.
func (i *builtinInfo) classAttr(owner, class *Class, name string) starlark.Value {
	if m, ok := i.statics[name]; ok {
		return i.static(owner, class, name, m)
	}
	if m, ok := i.methods[name]; ok {
		return &unboundMethod{owner: owner, name: name, method: m}
	}
	return nil
}

// static is a method of the class itself; __new__ belongs to the class that defines it.
func (i *builtinInfo) static(owner, class *Class, name string, m method) starlark.Value {
	if name == "__new__" {
		class = owner
	}
	return &BoundMethod{self: class, name: name, method: m}
}

// addSlots tells the methods that stand for slots of the type from its other methods.
func (i *builtinInfo) addSlots(c *Class) {
	switch c {
	case EnumType, FlagType: // Python code defines these
		return
	case IntType, FloatType, StrType, BytesType, TupleType, MemoryviewType, FrozensetType, RangeType, NoneType:
		addValueSlots(i.table(), true)
	case BytearrayType, ListType, DictType, SetType, SliceType:
		addValueSlots(i.table(), false)
	}
	for name, m := range i.methods {
		m.slot = standsForSlot(name) && !slices.Contains(methodsToo[c], name)
		i.methods[name] = m
	}
}

func (i *builtinInfo) table() map[string]method {
	if i.methods == nil {
		i.methods = map[string]method{}
	}
	return i.methods
}

func (i *builtinInfo) names() []string {
	var names []string
	for name := range i.methods {
		names = append(names, name)
	}
	for name := range i.statics {
		names = append(names, name)
	}
	for name := range i.getters {
		names = append(names, name)
	}
	return names
}
