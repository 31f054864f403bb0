package codecs

import "testing"

func TestCharNamesAreReadAsTheyAreWritten(t *testing.T) {
	for _, python := range []int{9, 11, 13, 14, 15} {
		c := charNamesOf(python)
		count := 0
		for r := rune(0); r <= 0x10ffff; r++ {
			name := c.name(r)
			if name == "" {
				continue
			}
			count++
			if got, ok := c.named(name); !privateUse(r) && (!ok || got != r) {
				t.Fatalf("3.%d: %q is written for U+%04X, and read as U+%04X, %v", python, name, r, got, ok)
			}
		}
		if count < 130_000 {
			t.Errorf("3.%d has %d names only", python, count)
		}
	}
}

// privateUse reports whether CPython keeps aliases and sequences there.
func privateUse(r rune) bool { return r >= 0xf0000 }
