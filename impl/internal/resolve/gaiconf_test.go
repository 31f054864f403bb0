package resolve

import (
	"net/netip"
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
