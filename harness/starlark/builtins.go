package starlark

import (
	"math/big"
	"slices"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/pyparity/pyparity/harness/behaviour"
	"github.com/pyparity/pyparity/harness/starlark/pyio"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// namespace is what every step can use: the builtins, observers and helpers.
func (s *session) namespace() starlark.StringDict {
	names := starlark.StringDict{
		"os": osModule(s.beforeClose), "gc": gcModule(), "errno": errnoModule(s.python), "struct": structModule(),
		"select": selectModule(s.signals), "time": timeModule(s.signals), "signal": s.signals.module(), "sys": s.hooks.module(), "warnings": s.warnings.module(),
		"spawn": s.spawnFunction(), "join": joinFunction(), "tmp": s.tmpFunction(),
		"open": pyio.For(s.python).Open(),
	}
	for _, c := range []*pyval.Class{
		pyval.StrType, pyval.IntType, pyval.FloatType, pyval.BytesType, pyval.BoolType, pyval.ListType,
		pyval.TupleType, pyval.DictType, pyval.SetType, pyval.FrozensetType, pyval.TypeType, pyval.RangeType,
		pyval.BytearrayType, pyval.MemoryviewType,
		pyval.EnumerateType, pyval.ZipType, pyval.ReversedType, pyval.MapType, pyval.FilterType, pyval.ObjectType,
	} {
		names[c.Short] = c
	}
	for _, name := range behaviour.Exceptions() {
		names[name] = pyval.Builtin(name)
	}
	for _, f := range slices.Concat(s.functions(), classFunctions(), numberFunctions(), textFunctions(), iteratingFunctions()) {
		names[f.Name()] = f
	}
	return names
}

// tmpFunction is tmp(name): a path in the behaviour's own directory.
func (s *session) tmpFunction() *pyval.Function {
	return pythonFunction("tmp", "name", func(_ *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
		name, ok := args[0].(starlark.String)
		if !ok {
			return nil, pyval.TypeError.Errorf(`can only concatenate str (not "%s") to str`, pyval.TypeName(args[0]))
		}
		return starlark.String(s.directory+"/") + name, nil
	})
}

// functions are the builtins that are no classes.
func (s *session) functions() []*pyval.Function {
	return []*pyval.Function{
		pyval.NewFunction("len", "obj", func(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
			n, err := pyval.Len(thread, args[0])
			return starlark.MakeInt(n), err
		}),
		pyval.NewFunction("repr", "obj", func(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
			text, err := pyval.ReprIn(thread, args[0])
			return starlark.String(text), err
		}),
		pyval.NewFunction("dir", "object", func(_ *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
			var names []starlark.Value
			for _, name := range pyval.Dir(args[0]) {
				names = append(names, starlark.String(name))
			}
			return starlark.NewList(names), nil
		}),
		pyval.NewFunction("getattr", "object name default?", s.getattr),
		pyval.NewFunction("hasattr", "obj name", hasattr),
		pyval.NewFunction("setattr", "obj name value", func(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
			name, err := attributeName(thread, "setattr", args[1])
			if err != nil {
				return nil, err
			}
			return starlark.None, pyval.SetAttr(thread, args[0], name, args[2])
		}),
		pyval.NewFunction("isinstance", "obj class_or_tuple", func(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
			is, err := isInstance(pyval.Python(thread), args[0], args[1])
			return starlark.Bool(is), err
		}),
		pyval.NewFunction("abs", "x", absolute),
		pyval.NewFunction("sum", "iterable start?=", sum),
		pyval.NewFunction("any", "iterable", quantified(true)),
		pyval.NewFunction("all", "iterable", quantified(false)),
		pyval.NewFunction("chr", "i", character),
		pyval.NewFunction("ord", "c", ordinal),
		pyval.NewKeywordFunction("sorted", sorted),
		pyval.NewKeywordFunction("min", extreme("min", pyval.Less)),
		pyval.NewKeywordFunction("max", extreme("max", pyval.Greater)),
	}
}

func attributeName(thread *starlark.Thread, function string, v starlark.Value) (string, error) {
	name, ok := pyval.PlainValue(v).(starlark.String)
	if !ok {
		if pyval.Python(thread).AtLeast(3, 11) || function == "setattr" {
			return "", pyval.TypeError.Errorf("attribute name must be string, not '%s'", pyval.TypeName(v))
		}
		return "", pyval.TypeError.Errorf("%s(): attribute name must be string", function)
	}
	return string(name), nil
}

func (s *session) getattr(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
	name, err := attributeName(thread, "getattr", args[1])
	if err != nil {
		return nil, err
	}
	v, err := s.getAttr(thread, args[0], name)
	if e, ok := pyval.AsException(err); ok && e.Class.Subclass(pyval.AttributeError) && args[2] != nil {
		return args[2], nil
	}
	return v, err
}

func hasattr(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
	name, err := attributeName(thread, "hasattr", args[1])
	if err != nil {
		return nil, err
	}
	has, err := pyval.HasAttr(thread, args[0], name)
	return starlark.Bool(has), err
}

func isInstance(python pyval.Version, v, class starlark.Value) (bool, error) {
	switch class := pyval.PlainValue(class).(type) {
	case *pyval.Class:
		return pyval.IsInstance(v, class), nil
	case starlark.Tuple:
		for _, c := range class {
			if is, err := isInstance(python, v, c); is || err != nil {
				return is, err
			}
		}
		return false, nil
	}
	if !python.AtLeast(3, 10) {
		return false, pyval.TypeError.Errorf("isinstance() arg 2 must be a type or tuple of types")
	}
	return false, pyval.TypeError.Errorf("isinstance() arg 2 must be a type, a tuple of types, or a union")
}

func absolute(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
	if result, found, err := pyval.CallSpecial(thread, args[0], "__abs__"); found || err != nil {
		return result, err
	}
	if f, ok := pyval.PlainValue(args[0]).(starlark.Float); ok {
		if f < 0 || 1/f < 0 {
			return -f, nil
		}
		return f, nil
	}
	v, err := pyval.Unary(thread, syntax.PLUS, args[0])
	if err != nil {
		return nil, pyval.TypeError.Errorf("bad operand type for abs(): '%s'", pyval.TypeName(args[0]))
	}
	i, ok := v.(starlark.Int)
	if !ok {
		return v, nil
	}
	return starlark.MakeBigInt(new(big.Int).Abs(i.BigInt())), nil
}

func sum(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
	var total starlark.Value = starlark.MakeInt(0)
	if args[1] != nil {
		total = args[1]
	}
	for kind, hint := range map[*pyval.Class]string{
		pyval.StrType: "strings [use ''.join(seq) instead]", pyval.BytesType: "bytes [use b''.join(seq) instead]",
		pyval.BytearrayType: "bytearray [use b''.join(seq) instead]",
	} {
		if pyval.TypeOf(total) == kind {
			return nil, pyval.TypeError.Errorf("sum() can't sum %s", hint)
		}
	}
	items, err := pyval.ToSlice(thread, args[0])
	if err != nil {
		return nil, err
	}
	for _, item := range items {
		if total, err = pyval.Binary(thread, syntax.PLUS, total, item); err != nil {
			return nil, err
		}
	}
	return total, nil
}

// quantified is any (until: true) and all (until: false).
func quantified(until bool) function {
	return func(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
		it, err := pyval.Iterate(thread, args[0])
		if err != nil {
			return nil, err
		}
		for {
			v, err := it.Next(thread)
			if err != nil {
				return nil, err
			}
			if v == nil {
				return starlark.Bool(!until), nil
			}
			truth, err := pyval.Truth(thread, v)
			if err != nil || truth == until {
				return starlark.Bool(until), err
			}
		}
	}
}

func character(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
	i, err := pyval.Index(thread, args[0])
	if e, ok := pyval.AsException(err); ok && e.Class == pyval.TypeError && !pyval.Python(thread).AtLeast(3, 10) {
		return nil, notInteger(thread, args[0], err)
	}
	if err != nil {
		return nil, err
	}
	if !i.IsInt64() || i.Int64() != int64(int32(i.Int64())) {
		if pyval.Python(thread).AtLeast(3, 13) {
			return nil, pyval.ValueError.Errorf("chr() arg not in range(0x110000)")
		}
		return nil, pyval.OverflowError.Errorf("Python int too large to convert to C int")
	}
	if i.Int64() < 0 || i.Int64() > 0x10ffff {
		return nil, pyval.ValueError.Errorf("chr() arg not in range(0x110000)")
	}
	return pyval.Character(rune(i.Int64())), nil
}

func ordinal(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
	n := -1
	switch v := pyval.PlainValue(args[0]).(type) {
	case starlark.String:
		if points := pyval.Points(v); len(points) == 1 {
			return starlark.MakeInt(int(points[0])), nil
		} else {
			n = len(points)
		}
	case starlark.Bytes, *pyval.Bytearray:
		items, err := pyval.ToSlice(thread, v)
		if err != nil {
			return nil, err
		}
		if len(items) == 1 {
			return items[0], nil
		}
		n = len(items)
	}
	if n < 0 {
		return nil, pyval.TypeError.Errorf("ord() expected string of length 1, but %s found", pyval.TypeName(args[0]))
	}
	return nil, pyval.TypeError.Errorf("ord() expected a character, but string of length %d found", n)
}

func sorted(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	if len(args) != 1 {
		return nil, pyval.TypeError.Errorf("sorted expected 1 argument, got %d", len(args))
	}
	items, err := pyval.ToSlice(thread, args[0])
	if err != nil {
		return nil, err
	}
	items, err = pyval.Sort(thread, "sort", slices.Clone(items), kwargs)
	return starlark.NewList(items), err
}

// extreme is min and max; better says whether the first value goes before the
// second.
func extreme(name string, better func(*starlark.Thread, starlark.Value, starlark.Value) (bool, error)) func(*starlark.Thread, starlark.Tuple, []starlark.Tuple) (starlark.Value, error) {
	return func(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		var key, fallback starlark.Value
		for _, kw := range kwargs {
			switch name := string(kw[0].(starlark.String)); name {
			case "key":
				key = kw[1]
			case "default":
				fallback = kw[1]
			default:
				return nil, pyval.TypeError.Errorf("%s() got an unexpected keyword argument '%s'", name, name)
			}
		}
		items := []starlark.Value(args)
		switch {
		case len(args) == 0:
			return nil, pyval.TypeError.Errorf("%s expected at least 1 argument, got 0", name)
		case len(args) > 1 && fallback != nil:
			return nil, pyval.TypeError.Errorf("Cannot specify a default for %s() with multiple positional arguments", name)
		case len(args) == 1:
			var err error
			if items, err = pyval.ToSlice(thread, args[0]); err != nil {
				return nil, err
			}
		}
		if len(items) == 0 {
			if fallback == nil {
				return nil, pyval.ValueError.Errorf("%s", emptyExtreme(thread, name))
			}
			return fallback, nil
		}
		return best(thread, items, key, better)
	}
}

func emptyExtreme(thread *starlark.Thread, name string) string {
	if pyval.Python(thread).AtLeast(3, 12) {
		return name + "() iterable argument is empty"
	}
	return name + "() arg is an empty sequence"
}

func best(thread *starlark.Thread, items []starlark.Value, key starlark.Value, better func(*starlark.Thread, starlark.Value, starlark.Value) (bool, error)) (starlark.Value, error) {
	var chosen, chosenKey starlark.Value
	for _, item := range items {
		itemKey := item
		if key != nil && key != starlark.None {
			var err error
			if itemKey, err = pyval.Call(thread, key, starlark.Tuple{item}, nil); err != nil {
				return nil, err
			}
		}
		if chosen != nil {
			is, err := better(thread, itemKey, chosenKey)
			if err != nil {
				return nil, err
			}
			if !is {
				continue
			}
		}
		chosen, chosenKey = item, itemKey
	}
	return chosen, nil
}
