package idna

import (
	"errors"
	"strings"
	"testing"
)

// TestEncode compares with what CPython's codec gives; both were also compared for every code
// point, see Encode.
func TestEncode(t *testing.T) {
	long := strings.Repeat("a", 63)
	for host, want := range map[string]string{
		"":                         "",
		"example.test":             "example.test",
		"Example.Test.":            "Example.Test.",
		"a b_\x01*":                "a b_\x01*",
		long + ".b":                long + ".b",
		"bücher.example":           "xn--bcher-kva.example",
		"BÜCHER.Example":           "xn--bcher-kva.Example",
		"straße":                   "strasse",
		"ü.":                       "xn--tda.",
		"a\u3002b\uff0ec\uff61ü":   "a.b.c.xn--tda",
		"\u2488com":                "1.com",
		"\u2488ü":                  "xn--1.-yka",
		"\u00ad\u00adü":            "xn--tda",
		"xn--tda.ü":                "xn--tda.xn--tda",
		"中国":                       "xn--fiqs8s",
		"\u05d0\u05d1":             "xn--4dbc",
		"\u0627\u0661":             "",
		"\U0001f600":               "xn--e28h",
		"\u10a0":                   "xn--rkj", // a capital whose small letter is newer than Unicode 3.2
		"\u1e9e":                   "ss",
		"\U0002f868":               "xn--j74i", // not what today's Unicode decomposes it to
		"A\u0300":                  "xn--0ca",
		"\u1d2c":                   "xn--z8f", // newer than Unicode 3.2: no compatibility mapping
		"ｆｕｌｌ":                     "full",
		strings.Repeat("ü", 30):    "xn--" + "tda" + strings.Repeat("a", 29),
		"\u0131\u0130i\u0307.test": "xn--ii-gpa59pba.test",
	} {
		got, err := Encode(host, 13)
		if want == "" && host != "" {
			if err == nil {
				t.Errorf("%q: %q, want an error", host, got)
			}
			continue
		}
		if err != nil || string(got) != want {
			t.Errorf("%q: %q, %v, want %q", host, got, err, want)
		}
	}
}

func TestEncodeErrors(t *testing.T) {
	long := strings.Repeat("a", 64)
	for _, test := range []struct {
		host       string
		reason     Reason
		start, end int
		old        string
		text       string
	}{
		{"a..b", LabelEmpty, 2, 3, "label empty or too long", "label empty"},
		{".a", LabelEmpty, 0, 1, "label empty or too long", "label empty"},
		{".", LabelEmpty, 0, 1, "label empty or too long", "label empty"},
		{long, LabelTooLong, 0, 64, "label too long", "label too long"},
		{"b." + long, LabelTooLong, 2, 66, "label too long", "label too long"},
		{long + ".b", LabelTooLong, 0, 64, "label empty or too long", "label too long"},
		{long + "..b", LabelEmpty, 65, 66, "label empty or too long", "label empty"},
		{"ü..a", LabelEmpty, 2, 3, "label empty or too long", "label empty"},
		{"ü." + long, LabelTooLong, 2, 66, "label empty or too long", "label too long"},
		{"a.\u00ad.b", LabelEmpty, 2, 3, "label empty or too long", "label empty"},
		{strings.Repeat("ü", 70), LabelTooLong, 0, 70, "label empty or too long", "label too long"},
		{"a.xn--ü", ACEPrefix, 2, 6, "Label starts with ACE prefix", "Label starts with ACE prefix"},
		{"ü.a\ue000b", InvalidCharacter, 3, 4, `Invalid character '\ue000'`, `Invalid character '\ue000'`},
		{"ü\ufffd", InvalidCharacter, 1, 2, "Invalid character '\ufffd'", "Invalid character '\ufffd'"},
		{"\u0080", InvalidCharacter, 0, 1, `Invalid character '\x80'`, `Invalid character '\x80'`},
		{"\U0001d173a", InvalidCharacter, 0, 1, `Invalid character '\U0001d173'`, `Invalid character '\U0001d173'`},
		{"a\xed\xb2\x80", InvalidCharacter, 1, 2, `Invalid character '\udc80'`, `Invalid character '\udc80'`},
		{"\u0627a", BidiMixed, 1, 2, "Violation of BIDI requirement 2", "Violation of BIDI requirement 2"},
		{"\u06271", BidiEnds, 1, 2, "Violation of BIDI requirement 3", "Violation of BIDI requirement 3"},
		{"1\u0627", BidiEnds, 0, 1, "Violation of BIDI requirement 3", "Violation of BIDI requirement 3"},
	} {
		for minor, text := range map[int]string{
			9:  test.old,
			12: test.old,
			13: test.text,
			15: test.text,
		} {
			_, err := Encode(test.host, minor)
			got, ok := errors.AsType[*Error](err)
			if !ok {
				t.Errorf("%q: %v, want an Error", test.host, err)
				continue
			}
			if got.Reason != test.reason || got.Start != test.start || got.End != test.end || got.Input != test.host {
				t.Errorf("%q: reason %d at %d to %d of %q, want %d at %d to %d", test.host, got.Reason, got.Start, got.End, got.Input, test.reason, test.start, test.end)
			}
			if got.Text() != text {
				t.Errorf("%q in 3.%d: %q, want %q", test.host, minor, got.Text(), text)
			}
		}
	}
}

// TestFoldsByVersion pins that since 3.14 only letters that had a small one in Unicode 3.2 get small,
// and that Pythons before 3.11 know none of Unicode 14.
func TestFoldsByVersion(t *testing.T) {
	for host, want := range map[string][4]string{
		"\u023a":     {"xn--cgj", "xn--cgj", "xn--cgj", "xn--wma"},
		"\u10a0":     {"xn--rkj", "xn--rkj", "xn--rkj", "xn--7md"},
		"\u1e9e":     {"ss", "ss", "ss", "xn--kkg"},
		"\u00c0x":    {"xn--x-rfa", "xn--x-rfa", "xn--x-rfa", "xn--x-rfa"},
		"\U00010570": {"xn--us8c", "xn--yt8c", "xn--yt8c", "xn--us8c"},
	} {
		for i, minor := range []int{10, 11, 13, 14} {
			if got, err := Encode(host, minor); err != nil || string(got) != want[i] {
				t.Errorf("%q in 3.%d: %q, %v, want %q", host, minor, got, err, want[i])
			}
		}
	}
}
