package codecs_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/pyparity/pyparity/pyref/base/codecs"
)

// What an encoding makes of a stream does not depend on where it is cut.
func TestDecoderByteByByte(t *testing.T) {
	const text = "aé€😀\r\nb"
	for _, name := range []string{"utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "utf-32-le"} {
		codec, err := codecs.Lookup(name, 13, "")
		if err != nil {
			t.Fatal(err)
		}
		data, err := codec.Encode(text, "strict")
		if err != nil {
			t.Fatal(err)
		}
		d, got := codec.NewDecoder("strict"), strings.Builder{}
		for i := range data {
			piece, err := d.Decode(data[i:i+1], false)
			if err != nil {
				t.Fatalf("%s: byte %d: %v", name, i, err)
			}
			got.WriteString(piece)
		}
		rest, err := d.Decode(nil, true)
		if got.String()+rest != text || err != nil {
			t.Errorf("%s: %q, %v", name, got.String()+rest, err)
		}
	}
}

func TestDecoderKeepsWhatIsIncomplete(t *testing.T) {
	codec, err := codecs.Lookup("utf-8", 13, "")
	if err != nil {
		t.Fatal(err)
	}
	d := codec.NewDecoder("strict")
	if text, err := d.Decode([]byte("a\xe2\x82"), false); text != "a" || err != nil || string(d.Pending()) != "\xe2\x82" {
		t.Errorf("%q, %v, pending %q", text, err, d.Pending())
	}
	_, err = d.Decode(nil, true)
	var failed *codecs.DecodeError
	if !errors.As(err, &failed) || failed.Start != 0 || failed.End != 2 || failed.Reason != "unexpected end of data" {
		t.Errorf("at the end: %+v", err)
	}
}

func FuzzDecode(f *testing.F) {
	names := []string{"utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "gbk", "shift_jis", "gb18030", "euc-jp", "big5", "euc-kr", "utf-7", "hz", "iso2022_jp_2", "iso2022_kr", "iso2022_jp_2004"}
	handlers := []string{"strict", "replace", "ignore", "backslashreplace", "surrogateescape", "surrogatepass"}
	f.Add(uint8(0), uint8(1), []byte("a\xff\xe2\x82"))
	f.Add(uint8(2), uint8(4), []byte("\xff\xfea\x00\x00\xd8"))
	f.Add(uint8(6), uint8(3), []byte("\x81\x30\x81"))
	f.Fuzz(func(t *testing.T, name, handler uint8, data []byte) {
		codec, err := codecs.Lookup(names[int(name)%len(names)], 13, "")
		if err != nil {
			t.Fatal(err)
		}
		errs := handlers[int(handler)%len(handlers)]
		text, err := codec.Decode(data, errs)
		if err == nil {
			_, _ = codec.Encode(text, errs)
		}
		d := codec.NewDecoder(errs)
		for i := range data {
			if _, err := d.Decode(data[i:i+1], i == len(data)-1); err != nil {
				return
			}
		}
	})
}
