package codecs

// A numbered scheme is a stateful one whose state is a number in Python, which tell
// makes a part of positions.
type numbered interface {
	stateful
	state() uint64
	restore(state uint64)
	// reset is Python's, which leaves some of the state as it is.
	reset()
}

func (s *hzScheme) state() uint64 {
	if s.inside {
		return 1
	}
	return 0
}

func (s *hzScheme) restore(state uint64) { s.inside = state&0xff != 0 }
func (s *hzScheme) reset()               { s.inside = false }

// The state of ISO 2022 is a byte for each of the sets that are chosen, and one of
// flags: the last byte of what chooses a set, and above those of two bytes a bit.
const (
	doubleSet   = 0x80
	flagsAt     = 32
	flagShifted = 1
	flagForeign = 2
)

func (s *iso2022Scheme) state() uint64 {
	var state uint64
	for i, set := range s.g {
		mark := uint64('B')
		if set != nil {
			mark = uint64(set.mark)
			if set.double {
				mark |= doubleSet
			}
		}
		state |= mark << (8 * i)
	}
	if s.shifted {
		state |= flagShifted << flagsAt
	}
	if s.foreign {
		state |= flagForeign << flagsAt
	}
	return state
}

// restore takes a set that the encoding does not have for ASCII.
func (s *iso2022Scheme) restore(state uint64) {
	for i := range s.g {
		mark := byte(state >> (8 * i))
		s.g[i] = s.kind.set(mark&^doubleSet, mark&doubleSet != 0)
	}
	s.shifted = state>>flagsAt&flagShifted != 0
	s.foreign = state>>flagsAt&flagForeign != 0
}

func (s *iso2022Scheme) reset() {
	s.g[0] = nil
	s.shifted = false
}

// set is one that the encoding has, or nil.
func (k *iso2022Kind) set(mark byte, double bool) *designation {
	for i := range k.designations {
		if d := &k.designations[i]; d.mark == mark && d.double == double {
			return d
		}
	}
	return nil
}
