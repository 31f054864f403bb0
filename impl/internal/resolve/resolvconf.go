package resolve

import (
	"net/netip"
	"strings"
	"syscall"
	"time"
)

// resolvConf is /etc/resolv.conf with the environment's changes (resolv/res_init.c).
type resolvConf struct {
	nameservers []nameserver
	search      []string
	// searchSet tells an empty list that was given from one that was not.
	searchSet bool
	sortlist  []sortEntry
	ndots     int
	timeout   time.Duration
	attempts  int

	rotate, edns0, singleRequest, singleRequestReopen, noTLDQuery, useVC, noAAAA, strictError, trustAD bool
}

// nameserver is a server's address; the scope is of an IPv6 one.
type nameserver struct {
	addr  netip.AddrPort
	scope uint32
}

const (
	dnsPort        = 53
	maxNameservers = 3 // MAXNS
	maxNDots       = 15
	maxTimeout     = 30 // seconds
	maxAttempts    = 5
)

func defaultResolvConf() resolvConf {
	return resolvConf{ndots: 1, timeout: 5 * time.Second, attempts: 2}
}

// configured is the error of a first lookup that cannot read resolv.conf for want of a descriptor or
// memory: it asks no source, not even the hosts file. What is wrong with the file itself does not
// matter (__resolv_context_get).
func (r *Resolver) configured() syscall.Errno {
	if r.resolvConf.loaded() {
		return 0
	}
	_, _, err := r.resolvConf.load(pathOr(r.ResolvConfPath, "/etc/resolv.conf"), resolvConfParser(r.glibc()))
	return scarcity(err)
}

// scarcity is the errno of a file that could not be opened, unless that is due to the file itself.
func scarcity(err error) syscall.Errno {
	if err == nil {
		return 0
	}
	switch errno := errnoOf(err); errno {
	case syscall.EACCES, syscall.EISDIR, syscall.ELOOP, syscall.ENOENT, syscall.ENOTDIR, syscall.EPERM:
		return 0
	default:
		return errno
	}
}

// loadResolvConf gives the configuration in force. A file that is not there means a server on the
// loopback address.
func (r *Resolver) loadResolvConf() resolvConf {
	conf, _, err := r.resolvConf.load(pathOr(r.ResolvConfPath, "/etc/resolv.conf"), resolvConfParser(r.glibc()))
	if err != nil {
		conf = defaultResolvConf()
	}
	if value, set := r.getenv("LOCALDOMAIN"); set {
		value, _, _ = strings.Cut(value, "\n")
		// Unlike the file's, an empty first name counts.
		first, rest, _ := strings.Cut(strings.ReplaceAll(value, "\t", " "), " ")
		conf.search = append([]string{first}, blankFields(rest)...)
		conf.searchSet = true
	}
	if value, set := r.getenv("RES_OPTIONS"); set {
		conf.setOptions(r.glibc(), value)
	}
	if !conf.searchSet {
		if _, domain, found := strings.Cut(r.network().hostname(), "."); found {
			conf.search = []string{domain}
		}
	}
	if len(r.Nameservers) > 0 {
		conf.nameservers = nil
		for _, addr := range r.Nameservers {
			conf.nameservers = append(conf.nameservers, nameserver{addr: addr})
		}
	}
	if len(conf.nameservers) == 0 {
		loopback := netip.AddrFrom4([4]byte{127, 0, 0, 1})
		conf.nameservers = []nameserver{{addr: netip.AddrPortFrom(loopback, dnsPort)}}
	}
	conf.nameservers = conf.nameservers[:min(len(conf.nameservers), maxNameservers)]
	return conf
}

func resolvConfParser(glibc int) func(data []byte) resolvConf {
	return func(data []byte) resolvConf { return parseResolvConf(glibc, data) }
}

func parseResolvConf(glibc int, data []byte) resolvConf {
	conf := defaultResolvConf()
	lines(data, func(line string) {
		// Keywords begin in the first column and a blank follows them.
		end := strings.IndexAny(line, " \t")
		if end < 0 {
			return
		}
		value := strings.TrimLeft(line[end:], " \t")
		switch line[:end] {
		case "nameserver":
			conf.addNameserver(value)
		case "domain", "search":
			list := blankFields(value)
			if len(list) == 0 {
				return
			}
			if line[:end] == "domain" {
				list = list[:1]
			}
			conf.search, conf.searchSet = list, true
		case "sortlist":
			conf.addSortlist(value)
		case "options":
			conf.setOptions(glibc, value)
		}
	})
	return conf
}

// blankFields splits at blanks and tabs, the only separators of resolv.conf.
func blankFields(s string) []string {
	return strings.FieldsFunc(s, func(c rune) bool { return c == ' ' || c == '\t' })
}

// addNameserver takes the first word, an address in any form that inet_aton or inet_pton know. A
// scope that makes no sense counts as none.
func (c *resolvConf) addNameserver(value string) {
	text, _, _ := strings.Cut(strings.ReplaceAll(value, "\t", " "), " ")
	addr, ok := inetAtonExact(text)
	var scope uint32
	if !ok {
		host, zone, scoped := strings.Cut(text, "%")
		if addr, ok = pton6(host); !ok {
			return
		}
		if scoped {
			scope, _ = parseScope(addr, zone)
		}
	}
	c.nameservers = append(c.nameservers, nameserver{addr: netip.AddrPortFrom(addr, dnsPort), scope: scope})
}

// addSortlist takes "address[/mask]" words. Without a mask, or with one that is none, the address's
// class decides.
func (c *resolvConf) addSortlist(value string) {
	value, _, _ = strings.Cut(value, ";")
	for _, item := range fields(value) {
		cut := strings.IndexAny(item, "/&")
		host, maskText := item, ""
		if cut >= 0 {
			host, maskText = item[:cut], item[cut+1:]
		}
		addr, ok := inetAtonExact(host)
		if !ok {
			continue
		}
		mask := classMask(addr)
		if given, ok := inetAtonExact(maskText); ok {
			mask = word(given, 3)
		}
		c.sortlist = append(c.sortlist, sortEntry{net: word(addr, 3), mask: mask})
	}
}

// sortEntry is a network of the sortlist: addresses whose masked bits are exactly net.
type sortEntry struct{ net, mask uint32 }

// classMask is the network mask of an address by its class (A, B, and C for all others).
func classMask(addr netip.Addr) uint32 {
	switch first := addr.As4()[0]; {
	case first < 128:
		return 0xff000000
	case first < 192:
		return 0xffff0000
	}
	return 0xffffff00
}

// setOptions reads the words of an options line. Words are recognised by how they begin, so
// "rotated" is rotate; a minus sign before a word takes it back (seen in 2.41, not in 2.36).
func (c *resolvConf) setOptions(glibc int, value string) {
	// The order decides where one word begins with another.
	switches := []struct {
		name   string
		target *bool
		since  int // glibc's minor version
	}{
		{"rotate", &c.rotate, 0}, {"edns0", &c.edns0, 0},
		{"single-request-reopen", &c.singleRequestReopen, 0}, {"single-request", &c.singleRequest, 0},
		{"no_tld_query", &c.noTLDQuery, 0}, {"no-tld-query", &c.noTLDQuery, 0},
		{"use-vc", &c.useVC, 0}, {"trust-ad", &c.trustAD, 31}, {"no-aaaa", &c.noAAAA, 36}, {"strict-error", &c.strictError, 41},
	}
	for _, word := range blankFields(value) {
		if number, found := strings.CutPrefix(word, "ndots:"); found {
			// A negative number wraps in glibc's four bits.
			c.ndots = min(parseInt(number), maxNDots) & maxNDots
			continue
		}
		if number, found := strings.CutPrefix(word, "timeout:"); found {
			c.timeout = time.Duration(min(parseInt(number), maxTimeout)) * time.Second
			continue
		}
		if number, found := strings.CutPrefix(word, "attempts:"); found {
			c.attempts = min(parseInt(number), maxAttempts)
			continue
		}
		word, off := strings.CutPrefix(word, "-")
		if off && glibc <= 36 {
			continue
		}
		for _, option := range switches {
			if glibc >= option.since && strings.HasPrefix(word, option.name) {
				*option.target = !off
				break
			}
		}
	}
}

// parseInt is atoi: what is no number is 0.
func parseInt(s string) int {
	value, _, _ := strtoul(s, 10)
	return int(int32(value))
}

// serverTimeout is how long to wait for a server: later servers get more time, divided by their
// number.
func (c *resolvConf) serverTimeout(index int) time.Duration {
	seconds := int(c.timeout/time.Second) << index
	if index > 0 {
		seconds /= len(c.nameservers)
	}
	return time.Duration(max(seconds, 1)) * time.Second
}
