package pyval

// The classes of the builtin types. ObjectType is the root, and never stands in
// an MRO.
var (
	ObjectType     = &Class{Short: "object"}
	TypeType       = &Class{Short: "type"}
	NoneType       = &Class{Short: "NoneType"}
	IntType        = &Class{Short: "int"}
	BoolType       = &Class{Short: "bool", Bases: []*Class{IntType}}
	FloatType      = &Class{Short: "float"}
	StrType        = &Class{Short: "str"}
	BytesType      = &Class{Short: "bytes"}
	BytearrayType  = &Class{Short: "bytearray"}
	MemoryviewType = &Class{Short: "memoryview"}
	TupleType      = &Class{Short: "tuple"}
	ListType       = &Class{Short: "list"}
	DictType       = &Class{Short: "dict"}
	SetType        = &Class{Short: "set"}
	FrozensetType  = &Class{Short: "frozenset"}
	RangeType      = &Class{Short: "range"}
	SliceType      = &Class{Short: "slice"}
	EllipsisType   = &Class{Short: "ellipsis"}

	ModuleType          = &Class{Short: "module"}
	FunctionType        = &Class{Short: "function"}
	MethodType          = &Class{Short: "method"}
	BuiltinFunctionType = &Class{Short: "builtin_function_or_method"}
	MethodDescriptor    = &Class{Short: "method_descriptor"}
	WrapperDescriptor   = &Class{Short: "wrapper_descriptor"}
	MethodWrapper       = &Class{Short: "method-wrapper"}
	IteratorType        = &Class{Short: "iterator"}
)

// The classes of enum that a port's enums derive from.
var (
	EnumType     = &Class{Module: "enum", Short: "Enum"}
	ReprEnumType = &Class{Module: "enum", Short: "ReprEnum", Bases: []*Class{EnumType}}
	FlagType     = &Class{Module: "enum", Short: "Flag", Bases: []*Class{EnumType}}

	IntEnumType = &Class{Module: "enum", Short: "IntEnum", Bases: []*Class{IntType, ReprEnumType}}
	IntFlagType = &Class{Module: "enum", Short: "IntFlag", Bases: []*Class{IntType, ReprEnumType, FlagType}}
	// Before 3.11 there is no ReprEnum.
	intEnumType39 = &Class{Module: "enum", Short: "IntEnum", Bases: []*Class{IntType, EnumType}}
	intFlagType39 = &Class{Module: "enum", Short: "IntFlag", Bases: []*Class{IntType, FlagType}}

	enumMeta   = &Class{Module: "enum", Short: "EnumType", Bases: []*Class{TypeType}}
	enumMeta39 = &Class{Module: "enum", Short: "EnumMeta", Bases: []*Class{TypeType}}
)

// abcMeta is the class of the classes that are abstract, as those of io are.
var abcMeta = &Class{Module: "abc", Short: "ABCMeta", Bases: []*Class{TypeType}}
