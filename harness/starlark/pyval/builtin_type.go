package pyval

import (
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
			ObjectType:     objectInfo(),
			TypeType:       {construct: callType},
			NoneType:       {},
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
			ReversedType:  {construct: callReversed},
			BaseException: exceptionInfo(),
			EnumType:      enumInfo(),
			FlagType:      flagInfo(),
		}
	})
	if info := builtinTypes.byType[c]; info != nil {
		return info
	}
	return noBuiltin
}

// instanceAttr is an attribute of an instance, or nil.
func (i *builtinInfo) instanceAttr(python Version, self starlark.Value, name string) (starlark.Value, error) {
	if get := i.getters[name]; get != nil && python.AtLeast(3, getterSince[name]) {
		return get(self)
	}
	if m, ok := i.methods[name]; ok && python.AtLeast(3, m.since) {
		return &BoundMethod{self: self, name: name, method: m}, nil
	}
	if m, ok := i.statics[name]; ok {
		return &BoundMethod{self: TypeOf(self), name: name, method: m}, nil
	}
	return nil, nil
}

// classAttr is an attribute of the class: class methods bound to class, methods
// of instances unbound.
func (i *builtinInfo) classAttr(owner, class *Class, name string) starlark.Value {
	if m, ok := i.statics[name]; ok {
		return &BoundMethod{self: class, name: name, method: m}
	}
	if m, ok := i.methods[name]; ok {
		return &unboundMethod{owner: owner, name: name, method: m}
	}
	return nil
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
