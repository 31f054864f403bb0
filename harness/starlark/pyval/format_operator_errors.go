package pyval

import (
	"fmt"

	"go.starlark.net/starlark"
)

// What the % operator complains of. Python 3.15 found new words for all of it.

func (p *printf) modern() bool { return Python(p.thread).AtLeast(3, 15) }

// wrong is about the value of the present conversion, which 3.15 names.
func (p *printf) wrong(class *Class, before, since315 string) error {
	if !p.modern() {
		return class.Errorf("%s", before)
	}
	which := ""
	if _, isTuple := p.operand.(starlark.Tuple); isTuple {
		which = fmt.Sprintf(" %d", p.used)
	}
	if p.key != nil {
		which = " " + Repr(p.key)
	}
	return class.Errorf("format argument%s: %s", which, since315)
}

func (p *printf) notEnough() error {
	if p.modern() {
		return TypeError.Errorf("not enough arguments for format string (got %d)", len(p.values))
	}
	return TypeError.Errorf("not enough arguments for format string")
}

func (p *printf) notAllConverted() error {
	kind, counts := "string", ""
	if !p.template.text {
		kind = "bytes"
	}
	if p.modern() {
		counts = fmt.Sprintf(" (required %d, got %d)", p.used, len(p.values))
	}
	return TypeError.Errorf("not all arguments converted during %s formatting%s", kind, counts)
}

// incompleteKey and incomplete are about a percent sign at a byte offset of the
// template.
func (p *printf) incompleteKey(start int) error {
	if p.modern() {
		return ValueError.Errorf("stray %% or incomplete format key at position %d", p.position(start))
	}
	return ValueError.Errorf("incomplete format key")
}

func (p *printf) incomplete(start int) error {
	if p.modern() {
		return ValueError.Errorf("stray %% at position %d", p.position(start))
	}
	return ValueError.Errorf("incomplete format")
}

func (p *printf) unknownCode(code rune, start, at int) error {
	switch {
	case !p.modern():
		shown := code
		if code > '~' || code < ' ' {
			shown = '?'
		}
		return ValueError.Errorf("unsupported format character '%c' (0x%x) at index %d", shown, code, p.position(at))
	case code > '~' || code < ' ':
		return ValueError.Errorf("stray %% at position %d or unexpected format character '%c' (U+%04X) at position %d", p.position(start), code, code, p.position(at))
	}
	return ValueError.Errorf("unsupported format %%%c at position %d", code, p.position(start))
}

func (p *printf) position(offset int) int { return p.template.units(p.template.data[:offset]) }

func (p *printf) noMapping() error {
	if p.modern() {
		return TypeError.Errorf("format requires a mapping, not %s", TypeOf(p.operand).Full())
	}
	return TypeError.Errorf("format requires a mapping")
}

func (p *printf) notFloat(code rune, v starlark.Value) error {
	before := "must be real number, not " + TypeName(v)
	if !p.template.text {
		before = "float argument required, not " + TypeName(v)
	}
	return p.wrong(TypeError, before, fmt.Sprintf("%%%c requires a real number, not %s", code, TypeOf(v).Full()))
}

func (p *printf) notInteger(code byte, v starlark.Value) error {
	if code == 'x' || code == 'X' || code == 'o' {
		return p.wrong(TypeError, fmt.Sprintf("%%%c format: an integer is required, not %s", code, TypeName(v)),
			fmt.Sprintf("%%%c requires an integer, not %s", code, TypeOf(v).Full()))
	}
	return p.wrong(TypeError, fmt.Sprintf("%%%c format: a%s number is required, not %s", code, realSince310(p.thread), TypeName(v)),
		fmt.Sprintf("%%%c requires a real number, not %s", code, TypeOf(v).Full()))
}

// notCharacter is about a value that is no number and no single unit of the
// template's type.
func (p *printf) notCharacter(v starlark.Value, text string, sameType bool) error {
	if !p.template.text {
		const want = "%c requires an integer in range(256) or a single byte"
		got := TypeName(v)
		if sameType {
			got = fmt.Sprintf("a %s object of length %d", got, len(text))
		}
		before := want
		if Python(p.thread).AtLeast(3, 14) {
			before += ", not " + got
		}
		return p.wrong(TypeError, before, want+", not "+got)
	}
	got := TypeName(v)
	if sameType {
		got = fmt.Sprintf("a string of length %d", p.template.units(text))
	}
	before := "%c requires int or char"
	if Python(p.thread).AtLeast(3, 14) {
		before = "%c requires an int or a unicode character, not " + got
	}
	return p.wrong(TypeError, before, "%c requires an integer or a unicode character, not "+got)
}
