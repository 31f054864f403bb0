package codecs

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"strings"
	"sync"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// A Codec is an encoding by its name.
type Codec struct {
	// Name is Python's codecs.lookup(…).name, such as "iso8859-1".
	Name string

	failing string // the name in errors, such as "latin-1"
	scheme  scheme
	mark    mark // what a stream begins with
}

// names has a line for each of Python's codecs, of 3.13: the module, its name,
// whether it is for text, and its aliases.
//
//go:embed names.txt
var names string

type entry struct {
	module, name string
	text         bool
}

var byName = sync.OnceValue(func() map[string]entry {
	m := map[string]entry{}
	for line := range strings.Lines(names) {
		fields := strings.Fields(line)
		e := entry{fields[0], fields[1], fields[2] == "1"}
		for _, alias := range append(fields[3:], fields[0]) {
			m[strings.ToLower(alias)] = e
		}
	}
	return m
})

// normalised is the name that Python looks for: runs of what is no letter, digit
// or full stop are one underscore.
func normalised(encoding string) string {
	var b strings.Builder
	gap := false
	for i := range len(encoding) {
		c := encoding[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '.':
			if gap && b.Len() > 0 {
				b.WriteByte('_')
			}
			gap = false
			b.WriteByte(c)
		case c < 0x80:
			gap = true
		}
	}
	return strings.ToLower(b.String())
}

// Lookup finds an encoding by any of its names. It fails with a LookupError for
// one that is not known, or not for text; instead is what Python recommends for
// that, such as "codecs.open()", or empty.
func Lookup(encoding, instead string) (*Codec, error) {
	e, ok := byName()[normalised(encoding)]
	switch {
	case !ok:
		return nil, &LookupError{"unknown encoding: " + encoding}
	case !e.text:
		text := fmt.Sprintf("'%s' is not a text encoding", encoding)
		if instead != "" {
			text += "; use " + instead + " to handle arbitrary codecs"
		}
		return nil, &LookupError{text}
	}
	c := &Codec{Name: e.name, failing: e.name}
	switch e.module {
	case "utf_8":
		c.scheme = utf8Scheme{}
	case "utf_8_sig":
		c.scheme, c.mark, c.failing = utf8Scheme{}, signature, "utf-8"
	case "utf_16":
		c.scheme, c.mark = utf16Scheme{binary.LittleEndian}, byteOrderMark
	case "utf_16_le":
		c.scheme = utf16Scheme{binary.LittleEndian}
	case "utf_16_be":
		c.scheme = utf16Scheme{binary.BigEndian}
	case "utf_32":
		c.scheme, c.mark = utf32Scheme{binary.LittleEndian}, byteOrderMark
	case "utf_32_le":
		c.scheme = utf32Scheme{binary.LittleEndian}
	case "utf_32_be":
		c.scheme = utf32Scheme{binary.BigEndian}
	case "ascii":
		c.scheme = ordinalScheme{limit: 0x80}
	case "latin_1", "iso8859_1":
		c.scheme, c.failing = ordinalScheme{limit: 0x100}, "latin-1"
		if e.module == "iso8859_1" {
			c.failing = "charmap"
		}
	default:
		if table, ok := tables[e.module]; ok {
			c.scheme, c.failing = tableScheme{
				table: table, windows: strings.HasPrefix(e.module, "cp125") || e.module == "cp874", iso: strings.HasPrefix(e.module, "iso"),
				other: corrections[e.module],
			}, "charmap"
		} else if m, ok := multibyte[e.module]; ok {
			c.scheme = multibyteScheme{encoding: m}
		} else {
			return nil, &LookupError{"unknown encoding: " + encoding}
		}
	}
	return c, nil
}

// corrections are where the library follows the browsers and Python does not.
var corrections = map[string]map[byte]rune{
	"koi8_u": {0xae: '╝', 0xbe: '╬'},
	"cp1255": {0xca: 0},
}

var tables = map[string]*charmap.Charmap{
	"cp037": charmap.CodePage037, "cp437": charmap.CodePage437, "cp850": charmap.CodePage850, "cp852": charmap.CodePage852,
	"cp855": charmap.CodePage855, "cp858": charmap.CodePage858, "cp860": charmap.CodePage860, "cp862": charmap.CodePage862,
	"cp863": charmap.CodePage863, "cp865": charmap.CodePage865, "cp866": charmap.CodePage866, "cp1140": charmap.CodePage1140,
	"iso8859_2": charmap.ISO8859_2, "iso8859_3": charmap.ISO8859_3, "iso8859_4": charmap.ISO8859_4, "iso8859_5": charmap.ISO8859_5,
	"iso8859_6": charmap.ISO8859_6, "iso8859_7": charmap.ISO8859_7, "iso8859_8": charmap.ISO8859_8, "iso8859_9": charmap.ISO8859_9,
	"iso8859_10": charmap.ISO8859_10, "iso8859_13": charmap.ISO8859_13, "iso8859_14": charmap.ISO8859_14,
	"iso8859_15": charmap.ISO8859_15, "iso8859_16": charmap.ISO8859_16,
	"koi8_r": charmap.KOI8R, "koi8_u": charmap.KOI8U, "mac_roman": charmap.Macintosh, "mac_cyrillic": charmap.MacintoshCyrillic,
	"cp874": charmap.Windows874, "cp1250": charmap.Windows1250, "cp1251": charmap.Windows1251, "cp1252": charmap.Windows1252,
	"cp1253": charmap.Windows1253, "cp1254": charmap.Windows1254, "cp1255": charmap.Windows1255, "cp1256": charmap.Windows1256,
	"cp1257": charmap.Windows1257, "cp1258": charmap.Windows1258,
}

var multibyte = map[string]encoding.Encoding{
	"shift_jis": japanese.ShiftJIS, "cp932": japanese.ShiftJIS, "euc_jp": japanese.EUCJP,
	"euc_kr": korean.EUCKR, "cp949": korean.EUCKR,
	"gbk": simplifiedchinese.GBK, "gb2312": simplifiedchinese.GBK, "gb18030": simplifiedchinese.GB18030,
	"big5": traditionalchinese.Big5, "cp950": traditionalchinese.Big5, "big5hkscs": traditionalchinese.Big5,
}
