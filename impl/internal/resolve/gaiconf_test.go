package resolve

import (
	"net/netip"
	"slices"
	"strings"
	"testing"
)

// Each word of gai.conf has a table of its own. On a machine that has nothing but
// loopback addresses the labels decide nothing.
func TestGaiConfHasThreeTables(t *testing.T) {
	conf := parseGaiConf([]byte("label 2001:db8::/32 91\nprecedence 2001:db8::/32 92\nscopev4 ::ffff:192.0.2.0/120 93\n"))
	six := netip.MustParseAddr("2001:db8::1")
	if label := conf.label(six); label != 91 {
		t.Errorf("label %d", label)
	}
	if precedence := lookup(conf.precedence, six); precedence != 92 {
		t.Errorf("precedence %d", precedence)
	}
	if scope := conf.scope(netip.MustParseAddr("192.0.2.1")); scope != 93 {
		t.Errorf("scope %d", scope)
	}
}

// TestGaiConfLines reads a line each, and looks which of the tables has come to hold what.
func TestGaiConfLines(t *testing.T) {
	for line, want := range map[string]struct {
		prefix string // of the table's first entry that is not usual; "" is none
		value  int
	}{
		"label 2001:db8::/32 9 # why":    {"2001:db8::/32", 9},
		"label 2001:db8:ffff::/32 9":     {"2001:db8::/32", 9},
		"label 2001:db8::1 9":            {"2001:db8::1/128", 9},
		"label 2001:db8::1/128 9":        {"2001:db8::1/128", 9},
		"label 2001:db8::1/129 9":        {},
		"label 2001:db8::1/ 9":           {},
		"label 192.0.2.0/24 9":           {},
		"label 2001:db8::/32 2147483647": {"2001:db8::/32", 2147483647},
		"label 2001:db8::/32 2147483648": {},
		"label 2001:db8::/32 nine":       {},
		"label 2001:db8::/32 9x":         {},
		"label 2001:db8::/32":            {},
		"label # 2001:db8::/32 9":        {},
		"precedence 2001:db8::/32 9":     {"2001:db8::/32", 9},
		"scopev4 192.0.2.0/24 9":         {"192.0.2.0/24", 9},
		"scopev4 192.0.2.1 9":            {"192.0.2.1/32", 9},
		"scopev4 192.0.2.1/32 9":         {"192.0.2.1/32", 9},
		"scopev4 192.0.2.1/33 9":         {},
		"scopev4 ::ffff:192.0.2.0/120 9": {"192.0.2.0/24", 9},
		"scopev4 ::ffff:192.0.2.1 9":     {"192.0.2.1/32", 9},
		"scopev4 ::ffff:192.0.2.1/128 9": {"192.0.2.1/32", 9},
		"scopev4 ::ffff:192.0.2.1/129 9": {},
		"scopev4 ::ffff:192.0.2.0/95 9":  {},
		"scopev4 2001:db8::/32 9":        {},
		"scopev4 nonsense/24 9":          {},
		"reload yes please":              {},
	} {
		conf, usual := parseGaiConf([]byte(line+"\n")), defaultGaiConf()
		table, before := conf.labels, usual.labels
		switch {
		case strings.HasPrefix(line, "precedence"):
			table, before = conf.precedence, usual.precedence
		case strings.HasPrefix(line, "scopev4"):
			table, before = conf.scopes, usual.scopes
		}
		got := before
		if want.prefix != "" {
			got = []policy{{netip.MustParsePrefix(want.prefix), want.value}, before[len(before)-1]}
		}
		if !slices.Equal(table, got) {
			t.Errorf("%s: %v, want %v", line, table, got)
		}
	}
}

// A mapped prefix of 96 bits is all of IPv4, so that nothing has to be added for the rest.
func TestGaiConfIsCompleted(t *testing.T) {
	conf := parseGaiConf([]byte("scopev4 192.0.2.0/24 9\nscopev4 ::ffff:0:0/96 7\n"))
	want := []policy{{netip.MustParsePrefix("192.0.2.0/24"), 9}, {netip.MustParsePrefix("0.0.0.0/0"), 7}}
	if !slices.Equal(conf.scopes, want) {
		t.Errorf("%v, want %v", conf.scopes, want)
	}
}
