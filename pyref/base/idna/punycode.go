package idna

// Parameters of RFC 3492.
const (
	punyBase        = 36
	punyTMin        = 1
	punyTMax        = 26
	punySkew        = 38
	punyDamp        = 700
	punyInitialBias = 72
	punyInitialN    = 0x80
)

const punyDigits = "abcdefghijklmnopqrstuvwxyz0123456789"

// EncodePunycode encodes text, such as a label (RFC 3492, section 6.3).
func EncodePunycode(label []rune) string {
	var out []byte
	for _, c := range label {
		if c < punyInitialN {
			out = append(out, byte(c))
		}
	}
	basic := len(out)
	if basic > 0 {
		out = append(out, '-')
	}
	n, delta, bias := rune(punyInitialN), 0, punyInitialBias
	for handled := basic; handled < len(label); {
		next := smallestFrom(label, n)
		delta += int(next-n) * (handled + 1)
		n = next
		for _, c := range label {
			if c < n {
				delta++
			}
			if c != n {
				continue
			}
			out = appendPunyInteger(out, delta, bias)
			handled++
			bias = punyAdapt(delta, handled, handled == basic+1)
			delta = 0
		}
		delta++
		n++
	}
	return string(out)
}

// smallestFrom is the smallest code point of the label that is not below n.
func smallestFrom(label []rune, n rune) rune {
	smallest := rune(0x7fffffff)
	for _, c := range label {
		if c >= n {
			smallest = min(smallest, c)
		}
	}
	return smallest
}

// appendPunyInteger writes a delta as a variable-length integer.
func appendPunyInteger(out []byte, delta, bias int) []byte {
	for k := punyBase; ; k += punyBase {
		threshold := min(max(k-bias, punyTMin), punyTMax)
		if delta < threshold {
			return append(out, punyDigits[delta])
		}
		out = append(out, punyDigits[threshold+(delta-threshold)%(punyBase-threshold)])
		delta = (delta - threshold) / (punyBase - threshold)
	}
}

func punyAdapt(delta, points int, first bool) int {
	if first {
		delta /= punyDamp
	} else {
		delta /= 2
	}
	delta += delta / points
	k := 0
	for ; delta > (punyBase-punyTMin)*punyTMax/2; k += punyBase {
		delta /= punyBase - punyTMin
	}
	return k + (punyBase-punyTMin+1)*delta/(delta+punySkew)
}
