package resolve

import (
	"strings"

	"golang.org/x/net/dns/dnsmessage"
)

// maxDNSName is the longest name with its final dot: 255 bytes on the wire (RFC 1035).
const maxDNSName = 254

// splitLabels cuts a name into labels as ns_name_pton does: a backslash takes the next character as
// it is, or three digits as a byte's value; a dot at the end is optional. The root has no labels.
func splitLabels(name string) (labels []string, ok bool) {
	if name == "" || name == "." {
		return nil, true
	}
	var label []byte
	for i := 0; i < len(name); i++ {
		c := name[i]
		if c == '.' {
			labels = append(labels, string(label))
			if label = nil; i == len(name)-1 {
				return labels, validLabels(labels)
			}
			continue
		}
		if c == '\\' {
			value, used, ok := unescape(name[i+1:])
			if !ok {
				return nil, false
			}
			c, i = value, i+used
		}
		label = append(label, c)
	}
	labels = append(labels, string(label))
	return labels, validLabels(labels)
}

func validLabels(labels []string) bool {
	size := 0
	for _, label := range labels {
		if label == "" || len(label) > 63 {
			return false
		}
		size += len(label) + 1
	}
	return size <= maxDNSName
}

// unescape reads what follows a backslash and tells how many characters that was.
func unescape(s string) (value byte, used int, ok bool) {
	if s == "" {
		return 0, 0, false
	}
	if !isDigit(s[0]) {
		return s[0], 1, true
	}
	if len(s) < 3 || !isDigit(s[1]) || !isDigit(s[2]) {
		return 0, 0, false
	}
	number := int(s[0]-'0')*100 + int(s[1]-'0')*10 + int(s[2]-'0')
	return byte(number), 3, number <= 0xff
}

// dnsName is a name for a query. ok is false for what cannot be one.
func dnsName(name string) (dnsmessage.Name, bool) {
	labels, ok := splitLabels(name)
	if !ok {
		return dnsmessage.Name{}, false
	}
	packed, err := dnsmessage.NewName(strings.Join(labels, ".") + ".")
	return packed, err == nil
}

// isHostName is res_hnok: letters, digits, hyphens and underscores, no hyphen first. The DNS source
// asks for no other name and ignores others in answers.
func isHostName(name string) bool {
	labels, ok := splitLabels(name)
	if !ok || strings.HasPrefix(name, "-") {
		return false
	}
	for _, label := range labels {
		for i := range len(label) {
			c := label[i]
			if !isDigit(c) && (lower(c) < 'a' || lower(c) > 'z') && c != '-' && c != '_' {
				return false
			}
		}
	}
	return true
}

// isHost is isHostName for a name out of a message, which has no escapes.
func isHost(name dnsmessage.Name) bool {
	return !strings.Contains(name.String(), `\`) && isHostName(name.String())
}

// hostText is a name out of a message as ns_name_ntop writes it: without the final dot, special and
// unprintable characters escaped.
func hostText(name dnsmessage.Name) string {
	plain := name.String()
	if plain == "." {
		return plain
	}
	var text strings.Builder
	for _, c := range []byte(strings.TrimSuffix(plain, ".")) {
		switch {
		case strings.IndexByte(`";\()@$`, c) >= 0:
			text.Write([]byte{'\\', c})
		case c <= ' ' || c >= 0x7f:
			text.Write([]byte{'\\', '0' + c/100, '0' + c/10%10, '0' + c%10})
		default:
			text.WriteByte(c)
		}
	}
	return text.String()
}
