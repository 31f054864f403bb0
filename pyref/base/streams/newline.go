package streams

import (
	"strings"

	"github.com/pyparity/pyparity/pyref/base/codecs"
)

// The kinds of line ending that a decoder has seen.
const (
	seenCR = 1 << iota
	seenLF
	seenCRLF
)

// decoder is the incremental decoder of a text stream, and where newlines are
// universal, io.IncrementalNewlineDecoder around it.
type decoder struct {
	*codecs.Decoder
	universal, translate bool
	pendingCR            bool
	seen                 int
}

func newDecoder(codec *codecs.Codec, errors string, mode newlineMode) *decoder {
	return &decoder{Decoder: codec.NewDecoder(errors), universal: mode.universal, translate: mode.translate}
}

// state is what is pending, and what else the decoder has to know to go on after it.
func (d *decoder) state() (pending []byte, flags uint64) {
	flags = d.Flags()
	if d.universal {
		flags <<= 1
		if d.pendingCR {
			flags |= 1
		}
	}
	return d.Pending(), flags
}

// restore makes the decoder as it was where the cookie begins.
func (d *decoder) restore(c cookie) {
	if c.start == 0 && c.flags == 0 {
		d.reset()
		return
	}
	flags := uint64(uint32(c.flags))
	if d.universal {
		d.pendingCR = flags&1 != 0
		flags >>= 1
	}
	d.SetFlags(flags)
}

func (d *decoder) reset() {
	d.Reset()
	d.pendingCR, d.seen = false, 0
}

// decode decodes data. A \r at the end waits for what follows, so that \r\n is
// never in two pieces.
func (d *decoder) decode(data []byte, final bool) (string, error) {
	text, err := d.Decode(data, final)
	if err != nil || !d.universal {
		return text, err
	}
	if d.pendingCR && (final || text != "") {
		text = "\r" + text
		d.pendingCR = false
	}
	if !final && strings.HasSuffix(text, "\r") {
		text = text[:len(text)-1]
		d.pendingCR = true
	}
	d.note(text)
	if d.translate && strings.Contains(text, "\r") {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	}
	return text, nil
}

func (d *decoder) note(text string) {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\n':
			d.seen |= seenLF
		case '\r':
			if i+1 < len(text) && text[i+1] == '\n' {
				d.seen |= seenCRLF
				i++
			} else {
				d.seen |= seenCR
			}
		}
	}
}

// newlines are the line endings that were seen.
func (d *decoder) newlines() []string {
	var list []string
	for _, kind := range []struct {
		bit  int
		text string
	}{{seenCR, "\r"}, {seenLF, "\n"}, {seenCRLF, "\r\n"}} {
		if d.seen&kind.bit != 0 {
			list = append(list, kind.text)
		}
	}
	return list
}

// A newline mode is what the newline argument says.
type newlineMode struct {
	end       string // that of lines, when reading; empty where all kinds are
	universal bool   // reading knows all kinds of line ending
	translate bool   // and makes \n of them
	written   string // what \n becomes in writing; empty: it stays
}

// newlineMode reads the argument; nil is None.
func (h *Host) newlineMode(newline *string) (newlineMode, error) {
	switch {
	case newline == nil:
		return newlineMode{universal: true, translate: true}, nil
	case *newline == "":
		return newlineMode{universal: true}, nil
	case *newline == "\n":
		return newlineMode{end: *newline}, nil
	case *newline == "\r", *newline == "\r\n":
		return newlineMode{end: *newline, written: *newline}, nil
	}
	return newlineMode{}, h.Raise(ValueError, "illegal newline value: "+*newline)
}

// lineEnd finds where the first line of text ends. Without an end it returns -1,
// and how much of the text cannot be part of one.
func (m newlineMode) lineEnd(text string) (end, consumed int) {
	var at, size int
	switch {
	case m.translate:
		at, size = strings.IndexByte(text, '\n'), 1
	case m.universal:
		at, size = strings.IndexAny(text, "\r\n"), 1
		if at >= 0 && strings.HasPrefix(text[at:], "\r\n") {
			size = 2
		}
	default:
		at, size = strings.Index(text, m.end), len(m.end)
		if at < 0 && size == 2 && strings.HasSuffix(text, "\r") {
			return -1, len(text) - 1
		}
	}
	if at < 0 {
		return -1, len(text)
	}
	return at + size, 0
}
