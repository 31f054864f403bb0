package pyval

import "go.starlark.net/starlark"

// dictFind returns the entry whose key equals key, which may have another type:
// True for 1, or an enum member for its number.
func dictFind(d *starlark.Dict, key starlark.Value) (stored, value starlark.Value, err error) {
	if err := usable(key, "dict key"); err != nil {
		return nil, nil, err
	}
	key = PlainValue(key)
	value, found, err := d.Get(key)
	if err != nil || found {
		return key, value, err
	}
	if onlyEqualsItsType(key) {
		return nil, nil, nil
	}
	for _, item := range d.Items() {
		if Equal(item[0], key) {
			return item[0], item[1], nil
		}
	}
	return nil, nil, nil
}

// DictGet returns the value at key, or nil.
func DictGet(d *starlark.Dict, key starlark.Value) (starlark.Value, error) {
	_, value, err := dictFind(d, key)
	return value, err
}

// DictSet is d[key] = value: a key that is there already stays as it is.
func DictSet(d *starlark.Dict, key, value starlark.Value) error {
	stored, _, err := dictFind(d, key)
	if err != nil {
		return err
	}
	if stored != nil {
		key = stored
	}
	return d.SetKey(PlainValue(key), value)
}

// DictPop removes the entry and returns its value, or nil.
func DictPop(d *starlark.Dict, key starlark.Value) (starlark.Value, error) {
	stored, value, err := dictFind(d, key)
	if err != nil || stored == nil {
		return nil, err
	}
	_, _, err = d.Delete(stored)
	return value, err
}
