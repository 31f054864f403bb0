package resolve

import (
	"cmp"
	"math"
	"net/netip"
	"slices"
	"strings"
)

// gaiConf is the policy by which results are sorted: /etc/gai.conf over glibc's defaults.
type gaiConf struct {
	labels     []policy
	precedence []policy
	scopes     []policy // of IPv4 prefixes
}

// policy gives a value to the addresses of a prefix. Lists are ordered by falling prefix length and
// end with a prefix of length 0.
type policy struct {
	prefix netip.Prefix
	value  int
}

func policyOf(prefix string, value int) policy { return policy{netip.MustParsePrefix(prefix), value} }

// defaultGaiConf is what glibc has built in (nss/getaddrinfo.c): RFC 3484's tables, with labels of
// their own for site-local, unique local and Teredo addresses.
func defaultGaiConf() gaiConf {
	return gaiConf{
		labels: []policy{
			policyOf("::1/128", 0), policyOf("::/96", 3), policyOf("::ffff:0:0/96", 4), policyOf("2001::/32", 7),
			policyOf("2002::/16", 2), policyOf("fec0::/10", 5), policyOf("fc00::/7", 6), policyOf("::/0", 1),
		},
		precedence: []policy{
			policyOf("::1/128", 50), policyOf("::/96", 20), policyOf("::ffff:0:0/96", 10), policyOf("2002::/16", 30), policyOf("::/0", 40),
		},
		scopes: []policy{policyOf("169.254.0.0/16", 2), policyOf("127.0.0.0/8", 2), policyOf("0.0.0.0/0", 14)},
	}
}

func (r *Resolver) loadGaiConf() gaiConf {
	conf, _, err := r.gaiConf.load(pathOr(r.GaiConfPath, "/etc/gai.conf"), parseGaiConf)
	if err != nil {
		return defaultGaiConf()
	}
	return conf
}

// parseGaiConf reads the file. The first entry of a kind replaces the defaults of that kind; what
// remains uncovered has the default of length 0. Lines that make no sense are skipped.
func parseGaiConf(data []byte) gaiConf {
	var conf gaiConf
	lines(data, func(line string) {
		line, _, _ = strings.Cut(line, "#")
		words := fields(line)
		if len(words) < 3 {
			return
		}
		value, ok := parseDecimal(words[2], math.MaxInt32)
		if !ok {
			return
		}
		switch words[0] {
		case "label":
			conf.labels = appendPrefix6(conf.labels, words[1], value)
		case "precedence":
			conf.precedence = appendPrefix6(conf.precedence, words[1], value)
		case "scopev4":
			conf.scopes = appendPrefix4(conf.scopes, words[1], value)
		}
	})
	usual := defaultGaiConf()
	conf.labels = completed(conf.labels, usual.labels)
	conf.precedence = completed(conf.precedence, usual.precedence)
	conf.scopes = completed(conf.scopes, usual.scopes)
	return conf
}

func appendPrefix6(list []policy, text string, value int) []policy {
	host, length, sliced := strings.Cut(text, "/")
	addr, ok := pton6(host)
	bits := 128
	if ok && sliced {
		bits, ok = parseDecimal(length, 128)
	}
	if !ok {
		return list
	}
	return append(list, policy{netip.PrefixFrom(addr, bits).Masked(), value})
}

// appendPrefix4 takes IPv4 prefixes, and mapped ones with a length from 96 to 128.
func appendPrefix4(list []policy, text string, value int) []policy {
	host, length, sliced := strings.Cut(text, "/")
	addr, ok := ptonAny(host)
	if !ok || !addr.Unmap().Is4() {
		return list
	}
	offset := addr.BitLen() - 32
	bits := 32 + offset
	if sliced {
		bits, ok = parseDecimal(length, 32+offset)
	}
	if !ok || bits < offset {
		return list
	}
	return append(list, policy{netip.PrefixFrom(addr.Unmap(), bits-offset).Masked(), value})
}

// parseDecimal takes what strtoul takes, up to a limit.
func parseDecimal(s string, limit int) (int, bool) {
	value, rest, overflow := strtoul(s, 10)
	if s == rest || rest != "" || overflow || value > uint64(limit) {
		return 0, false
	}
	return int(value), true
}

// completed is the configured list in order, with a catch-all, or the usual list if nothing was
// configured.
func completed(list, usual []policy) []policy {
	if len(list) == 0 {
		return usual
	}
	if !slices.ContainsFunc(list, func(p policy) bool { return p.prefix.Bits() == 0 }) {
		list = append(list, usual[len(usual)-1])
	}
	return sortPolicies(list)
}

func sortPolicies(list []policy) []policy {
	slices.SortStableFunc(list, func(a, b policy) int {
		return cmp.Compare(b.prefix.Bits(), a.prefix.Bits())
	})
	return list
}

// lookup finds the value of the longest prefix that holds addr. The lists of IPv6 prefixes want IPv4
// addresses in mapped form.
func lookup(list []policy, addr netip.Addr) int {
	for _, entry := range list {
		if contains(entry.prefix, addr) {
			return entry.value
		}
	}
	return list[len(list)-1].value
}

// contains is prefix.Contains, except that mapped addresses are IPv6 addresses like any other.
func contains(prefix netip.Prefix, addr netip.Addr) bool {
	got, err := addr.Prefix(prefix.Bits())
	return err == nil && got.Addr() == prefix.Addr()
}
