package pyval

import (
	"slices"

	"go.starlark.net/starlark"
)

func bytearrayInfo() *builtinInfo {
	methods := bytesMethods()
	changed := func(parameters string, f func(c *call, data []byte) ([]byte, error)) method {
		return def(parameters, func(c *call) (starlark.Value, error) {
			err := c.self.(*Bytearray).Update(func(data []byte) ([]byte, error) { return f(c, data) })
			return starlark.None, err
		})
	}
	methods["append"] = changed("item", func(c *call, data []byte) ([]byte, error) {
		b, err := byteValue(c.thread, c.args[0], "byte must be in range(0, 256)")
		return append(slices.Clip(data), b), err
	})
	methods["clear"] = changed("", func(*call, []byte) ([]byte, error) { return nil, nil })
	methods["reverse"] = changed("", func(_ *call, data []byte) ([]byte, error) {
		slices.Reverse(data)
		return data, nil
	})
	methods["insert"] = changed("index item", func(c *call, data []byte) ([]byte, error) {
		at, err := smallIndex(c.thread, c.args[0])
		if err != nil {
			return nil, err
		}
		b, err := byteValue(c.thread, c.args[1], "byte must be in range(0, 256)")
		return slices.Insert(slices.Clone(data), insertionPoint(at, len(data)), b), err
	})
	methods["remove"] = changed("value", func(c *call, data []byte) ([]byte, error) {
		b, err := byteValue(c.thread, c.args[0], "byte must be in range(0, 256)")
		if err != nil {
			return nil, err
		}
		at := slices.Index(data, b)
		if at < 0 {
			return nil, ValueError.Errorf("value not found in bytearray")
		}
		return slices.Delete(slices.Clone(data), at, at+1), nil
	})
	methods["extend"] = def("iterable_of_ints", func(c *call) (starlark.Value, error) {
		if !isIterable(c.thread, c.args[0]) {
			return nil, TypeError.Errorf("can't extend bytearray with %s", TypeName(c.args[0]))
		}
		if _, ok := c.args[0].(starlark.String); ok && Python(c.thread).AtLeast(3, 13) {
			return nil, TypeError.Errorf("expected iterable of integers; got: 'str'")
		}
		more, err := bytesFrom(c.thread, c.args[0], "byte must be in range(0, 256)")
		if err != nil {
			return nil, err
		}
		return starlark.None, c.self.(*Bytearray).extend(more)
	})
	methods["pop"] = def("index?", bytearrayPop)
	methods["copy"] = def("", func(c *call) (starlark.Value, error) {
		return NewBytearray(c.self.(*Bytearray).Bytes()), nil
	})
	return &builtinInfo{
		construct: callBytes, methods: methods,
		statics: map[string]method{"fromhex": def("string", fromHex), "maketrans": def("frm to", bytesTable)},
	}
}

func (b *Bytearray) extend(more []byte) error {
	return b.Update(func(data []byte) ([]byte, error) { return append(slices.Clip(data), more...), nil })
}

func bytearrayPop(c *call) (starlark.Value, error) {
	at := -1
	if c.args[0] != nil {
		var err error
		if at, err = smallIndex(c.thread, c.args[0]); err != nil {
			return nil, err
		}
	}
	var popped byte
	err := c.self.(*Bytearray).Update(func(data []byte) ([]byte, error) {
		if len(data) == 0 {
			return nil, IndexError.Errorf("pop from empty bytearray")
		}
		if at < 0 {
			at += len(data)
		}
		if at < 0 || at >= len(data) {
			return nil, IndexError.Errorf("pop index out of range")
		}
		popped = data[at]
		return slices.Delete(slices.Clone(data), at, at+1), nil
	})
	return starlark.MakeInt(int(popped)), err
}

// insertionPoint is where insert puts an item: any index has a place.
func insertionPoint(at, length int) int {
	if at < 0 {
		at += length
	}
	return min(max(at, 0), length)
}
