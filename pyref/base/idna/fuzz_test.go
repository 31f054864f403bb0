package idna

import "testing"

func FuzzEncode(f *testing.F) {
	for _, seed := range []string{"bücher.example", "a..b", "\u0627a", "xn--ü", "\u2488com", "a\xed\xb2\x80"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, host string) {
		if len(host) > 500 {
			return
		}
		encoded, err := Encode(host, 13)
		if err != nil {
			return
		}
		again, err := Encode(string(encoded), 13)
		if err == nil && string(again) != string(encoded) {
			t.Errorf("%q: %q, and again %q", host, encoded, again)
		}
		if !isASCII(string(encoded)) {
			t.Errorf("%q: %q is not ASCII", host, encoded)
		}
	})
}
