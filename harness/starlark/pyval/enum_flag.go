package pyval

import (
	"cmp"
	"math/big"
	"slices"
	"strings"
)

// combine finds or makes the pseudo-member of a flag for a value that no member may
// have. The value may be held by a member of another enum.
func (i *EnumInfo) combine(class *Class, value *big.Int, held *Enum) *Enum {
	name := ""
	if i.Python.AtLeast(3, 11) {
		if value.Sign() < 0 {
			value, held = i.keep(value), nil
		}
		name = i.compositeName(value)
	}
	for _, m := range i.members {
		if m.Value.Cmp(value) == 0 {
			return m
		}
	}
	made, _ := i.combined.LoadOrStore(value.String(), &Enum{Of: class, Member: name, Value: value, held: held})
	return made.(*Enum)
}

// keep turns a negative value into the bits that it stands for, as a flag with
// the KEEP boundary does.
func (i *EnumInfo) keep(value *big.Int) *big.Int {
	if value.Sign() >= 0 {
		return value
	}
	all := new(big.Int).Lsh(big.NewInt(1), uint(i.mask.BitLen()))
	skipped := new(big.Int).Xor(new(big.Int).Sub(all, big.NewInt(1)), i.mask)
	span := new(big.Int).Set(all)
	lowest := new(big.Int).Neg(all)
	if value.Cmp(lowest) < 0 || new(big.Int).And(value, skipped).Sign() != 0 {
		abs := new(big.Int).Abs(value)
		if wide := new(big.Int).Lsh(big.NewInt(1), uint(abs.BitLen())); wide.Cmp(span) > 0 {
			span = wide
		}
	}
	return new(big.Int).Add(span, value)
}

// compositeName joins the names of the members that make up the value; bits
// that no member has follow as a number.
func (i *EnumInfo) compositeName(value *big.Int) string {
	var names []string
	var used []*Enum
	combined := new(big.Int)
	add := func(m *Enum) {
		names = append(names, m.Member)
		used = append(used, m)
		combined.Or(combined, m.Value)
	}
	within := func(m *Enum) bool { return new(big.Int).And(m.Value, value).Cmp(m.Value) == 0 }
	for _, m := range i.members {
		if singleBit(m.Value) && within(m) {
			add(m)
		}
	}
	if new(big.Int).AndNot(value, i.singles).Sign() != 0 {
		for _, m := range i.members {
			if m.Value.Sign() != 0 && within(m) && !slices.Contains(used, m) {
				add(m)
			}
		}
	}
	if combined.Sign() == 0 {
		return ""
	}
	if unknown := new(big.Int).Xor(value, combined); unknown.Sign() != 0 {
		names = append(names, unknown.String())
	}
	return strings.Join(names, "|")
}

// parts lists the members of one bit that make up a flag's value.
func (e *Enum) parts() []*Enum {
	var parts []*Enum
	for _, m := range e.Of.Enum.members {
		if singleBit(m.Value) && new(big.Int).And(m.Value, e.Value).Sign() != 0 {
			parts = append(parts, m)
		}
	}
	return parts
}

// decomposed names the members that make up a flag's value as Python shows them
// before 3.11: the highest first, a bit that no member has as a number. A
// negative value shows only members.
func (e *Enum) decomposed() string {
	var parts []*Enum
	uncovered := new(big.Int).Set(e.Value)
	for _, m := range e.Of.Enum.members {
		if m.Value.Sign() != 0 && new(big.Int).And(m.Value, e.Value).Cmp(m.Value) == 0 {
			parts = append(parts, m)
			uncovered.AndNot(uncovered, m.Value)
		}
	}
	if e.Value.Sign() >= 0 {
		for bit := range uncovered.BitLen() {
			if uncovered.Bit(bit) == 1 {
				parts = append(parts, &Enum{Of: e.Of, Value: new(big.Int).Lsh(big.NewInt(1), uint(bit))})
			}
		}
	}
	if len(parts) == 0 {
		return e.Value.String()
	}
	slices.SortStableFunc(parts, func(a, b *Enum) int { return b.Value.Cmp(a.Value) })
	names := make([]string, len(parts))
	for i, p := range parts {
		names[i] = cmp.Or(p.Member, p.Value.String())
	}
	return strings.Join(names, "|")
}
