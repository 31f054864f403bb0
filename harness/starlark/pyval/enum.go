package pyval

import (
	"cmp"
	"math/big"
	"slices"
	"strings"
	"sync"

	"go.starlark.net/starlark"
)

// An Enum is a member of an IntEnum or IntFlag, or a combination of a flag's
// members. Its arithmetic is int's, except that a flag's |, &, ^ and ~ stay in
// the class. Members of one class are equal if they are the same pointer, or
// have the same value.
type Enum struct {
	Of     *Class
	Member string // the name; empty for a combination that has none
	Value  *big.Int
	// held is the value as a combination was first made with it, if that is a member of
	// another enum; else nil.
	held *Enum
}

// An EnumMember declares a member of an enum class.
type EnumMember struct {
	Name  string
	Value int64
}

// EnumInfo is what an enum's class knows about its members.
type EnumInfo struct {
	Flag   bool
	Python Version // reprs and the rules of flags changed in 3.11

	members []*Enum          // canonical ones, by value
	byName  map[string]*Enum // aliases too
	mask    *big.Int         // of a flag: all bits that members have
	singles *big.Int         // of a flag: the bits that have a member of their own

	attributes sync.Map // what steps have assigned, by attribute
	combined   sync.Map // the combinations that were made, by their numbers
}

// NewEnumClass makes an IntEnum or IntFlag as IntEnum._convert_ makes it of a
// module's constants: sorted by value and name, the first name of a value
// being the member's and the rest its aliases.
func NewEnumClass(python Version, module, name string, flag bool, members []EnumMember) *Class {
	info := &EnumInfo{Flag: flag, Python: python, byName: map[string]*Enum{}, mask: new(big.Int), singles: new(big.Int)}
	class := &Class{Module: module, Short: name, Bases: []*Class{enumBase(python, flag)}, Enum: info, New: callEnum}
	sorted := slices.SortedFunc(slices.Values(members), func(a, b EnumMember) int {
		return cmp.Or(cmp.Compare(a.Value, b.Value), strings.Compare(a.Name, b.Name))
	})
	for _, m := range sorted {
		if n := len(info.members); n > 0 && info.members[n-1].Value.Int64() == m.Value {
			info.byName[m.Name] = info.members[n-1]
			continue
		}
		e := &Enum{Of: class, Member: m.Name, Value: big.NewInt(m.Value)}
		info.members = append(info.members, e)
		info.byName[m.Name] = e
		if flag && m.Value > 0 {
			info.mask.Or(info.mask, e.Value)
			if m.Value&(m.Value-1) == 0 {
				info.singles.Or(info.singles, e.Value)
			}
		}
	}
	return class
}

func enumBase(python Version, flag bool) *Class {
	switch modern := python.AtLeast(3, 11); {
	case flag && modern:
		return IntFlagType
	case flag:
		return intFlagType39
	case modern:
		return IntEnumType
	}
	return intEnumType39
}

// Lookup is calling the class with a value: it returns the member, or for a
// flag the combination of members. ValueError says that there is none.
func (c *Class) Lookup(value *big.Int) (*Enum, error) {
	for _, m := range c.Enum.members {
		if m.Value.Cmp(value) == 0 {
			return m, nil
		}
	}
	if !c.Enum.Flag {
		return nil, ValueError.Errorf("%s is not a valid %s", value, c.Short)
	}
	return c.Enum.combine(c, value, nil), nil
}

// Member returns the member with the value, or the plain int where the class
// has none.
func (c *Class) Member(value int64) starlark.Value {
	m, err := c.Lookup(big.NewInt(value))
	if err != nil {
		return starlark.MakeInt64(value)
	}
	return m
}

// Named returns the member with the name, which may be an alias, or nil.
func (c *Class) Named(name string) *Enum {
	if c.Enum == nil {
		return nil
	}
	return c.Enum.byName[name]
}

// Members lists the members by value, without aliases; of a flag since 3.11,
// also without those that combine several bits.
func (c *Class) Members() []*Enum {
	if !c.Enum.Flag || !c.Enum.Python.AtLeast(3, 11) {
		return c.Enum.members
	}
	return slices.DeleteFunc(slices.Clone(c.Enum.members), func(m *Enum) bool { return !singleBit(m.Value) })
}

func singleBit(v *big.Int) bool {
	return v.Sign() > 0 && int(v.TrailingZeroBits())+1 == v.BitLen()
}

// callEnum is calling an enum's class. What it takes besides a value is for making
// another enum, and means nothing where there are members.
func callEnum(thread *starlark.Thread, class *Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	bound, more, err := class.Enum.signature().Bind(append(starlark.Tuple{class}, args...), kwargs)
	if err != nil {
		return nil, err
	}
	value, names := bound[1], bound[2]
	switch {
	case names == nil:
	case class.Enum.Python.AtLeast(3, 12):
		// The arguments are a value together.
		value = append(starlark.Tuple{value, names}, more...)
	case names != starlark.None:
		return nil, extending(class, value)
	}
	switch v := PlainValue(value).(type) {
	case *Enum:
		switch {
		case v.Of == class:
			return v, nil
		case class.Enum.Flag:
			return class.Enum.combine(class, v.Value, v), nil
		}
		return class.Lookup(v.Value)
	case starlark.Int:
		return class.Lookup(v.BigInt())
	case starlark.Bool:
		return class.Lookup(boolInt(v))
	case starlark.Float:
		if i, ok := wholeFloat(float64(v)); ok {
			for _, m := range class.Enum.members {
				if m.Value.Cmp(i) == 0 {
					return m, nil
				}
			}
		}
	}
	text, err := ReprIn(thread, value)
	if err != nil {
		return nil, err
	}
	return nil, ValueError.Errorf("%s is not a valid %s", text, class.Short)
}

// signature is that of EnumType.__call__.
func (i *EnumInfo) signature() *Signature {
	s := &Signature{Name: i.callName(), Varargs: i.Python.AtLeast(3, 12)}
	s.Names = []string{"cls", "value", "names", "module", "qualname", "type", "start"}
	if i.Python.AtLeast(3, 11) {
		s.Names = append(s.Names, "boundary")
	}
	s.Optional = make([]bool, len(s.Names))
	for n := 2; n < len(s.Names); n++ {
		s.Optional[n] = true
	}
	s.KeywordOnly = len(s.Names) - 3
	return s
}

// callName is how errors name what calling the class calls.
func (i *EnumInfo) callName() string {
	switch {
	case i.Python.AtLeast(3, 11):
		return "EnumType.__call__"
	case i.Python.AtLeast(3, 10):
		return "EnumMeta.__call__"
	}
	return "__call__"
}

// extending is the error of a call with names before 3.12, which would make another
// enum.
func extending(class *Class, name starlark.Value) error {
	switch python := class.Enum.Python; {
	case python.AtLeast(3, 11):
		return TypeError.Errorf("<enum %s> cannot extend %s", Repr(name), class)
	case python.AtLeast(3, 10):
		return TypeError.Errorf("%s: cannot extend enumeration '%s'", Str(name), class.Short)
	}
	return TypeError.Errorf("Cannot extend enumerations")
}

// classAttr answers what only an enum's class has.
func (i *EnumInfo) classAttr(c *Class, name string) starlark.Value {
	if m := i.byName[name]; m != nil {
		return m
	}
	if v := i.assigned(nil, name); v != nil {
		return v
	}
	return i.internal(c, name)
}

func (i *EnumInfo) classRepr(c *Class) string {
	if i.Flag && i.Python.AtLeast(3, 11) {
		return "<flag '" + c.Short + "'>"
	}
	return "<enum '" + c.Short + "'>"
}

// Holds is the member's value.
func (e *Enum) Holds() starlark.Value {
	if e.held != nil {
		return e.held
	}
	return e.Int()
}

// Int is the member as a plain int.
func (e *Enum) Int() starlark.Int { return starlark.MakeBigInt(e.Value) }

// PyClass is the enum's class.
func (e *Enum) PyClass() *Class { return e.Of }

// String is Python's repr.
func (e *Enum) String() string {
	switch {
	case e.Member == "" && !e.Of.Enum.Python.AtLeast(3, 11):
		return "<" + e.Of.Short + "." + e.decomposed() + ": " + Repr(e.Holds()) + ">"
	case e.Member == "":
		return "<" + e.Of.Short + ": " + Repr(e.Holds()) + ">"
	}
	return "<" + e.Of.Short + "." + e.Member + ": " + Repr(e.Holds()) + ">"
}

// PyStr is Python's str: the number since 3.11, the name before.
func (e *Enum) PyStr() string {
	switch {
	case e.Of.Enum.Python.AtLeast(3, 11):
		return e.Value.String()
	case e.Member == "":
		return e.Of.Short + "." + e.decomposed()
	}
	return e.Of.Short + "." + e.Member
}

// Type is the class's name.
func (e *Enum) Type() string { return e.Of.Short }

// Freeze does nothing: a member never changes.
func (e *Enum) Freeze() {}

// Truth is false for zero.
func (e *Enum) Truth() starlark.Bool { return e.Value.Sign() != 0 }

// Hash is the int's.
func (e *Enum) Hash() (uint32, error) { return e.Int().Hash() }

// Attr answers name, value, what was assigned and the other members of the class,
// which the first releases of 3.11 hide; [GetAttr] adds int's own and the class's.
func (e *Enum) Attr(name string) (starlark.Value, error) {
	switch name {
	case "name", "_name_":
		if e.Member == "" {
			return starlark.None, nil
		}
		return starlark.String(e.Member), nil
	case "value", "_value_":
		return e.Holds(), nil
	case "__objclass__":
		return e.Of, nil
	case "__dict__":
		return e.namespace(), nil
	case "__doc__":
		return starlark.String("An enumeration."), nil
	}
	if v := e.Of.Enum.assigned(e, name); v != nil {
		return v, nil
	}
	if sibling := e.Of.Named(name); sibling != nil {
		if e.Of.Enum.Python == (Version{3, 11}) {
			return nil, AttributeError.Errorf("%s member has no attribute '%s'", e.Of, name)
		}
		return sibling, nil
	}
	return e.Of.Enum.assigned(nil, name), nil
}

// AttrNames lists a member's own public attributes.
func (e *Enum) AttrNames() []string { return []string{"name", "value"} }
