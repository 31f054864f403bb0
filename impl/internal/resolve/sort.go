package resolve

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"net/netip"
	"sync"
)

// candidate is a result with what the sorting needs to know of it (struct sort_result).
type candidate struct {
	info AddrInfo
	// source is the address from which the machine would send to info; invalid if it cannot.
	source netip.Addr
	// local is the interface address that source is; its zero value if that is not known.
	local localAddr
	known bool
}

// sorting is the policy of a sort, and the interfaces that are tunnels, which are asked for only if
// it comes to that.
type sorting struct {
	gaiConf
	tunnels func() map[uint32]bool
}

// sortResults orders results as glibc does (rfc3484_sort in nss/getaddrinfo.c). local are the
// machine's addresses as reachable gives them.
func (r *Resolver) sortResults(results []AddrInfo, local []localAddr) {
	order := sorting{gaiConf: r.loadGaiConf(), tunnels: sync.OnceValue(r.network().tunnels)}
	probe := r.network().prober()
	defer probe.close()
	candidates := make([]candidate, len(results))
	for i, info := range results {
		next := candidate{info: info}
		if i > 0 && info.Addr == results[i-1].Addr && info.ScopeID == results[i-1].ScopeID {
			// The same address for another socket type.
			next = candidates[i-1]
			next.info = info
		} else {
			next.source = probe.source(info)
			next.findLocal(local)
		}
		candidates[i] = next
	}
	for i, sorted := range mergeSort(candidates, order.compare) {
		results[i] = sorted.info
	}
}

// mergeSort sorts in glibc's way (qsort_r). The rules are not transitive where both families are
// mixed, so that another algorithm can give another order.
func mergeSort(list []candidate, compare func(a, b *candidate) int) []candidate {
	if len(list) <= 1 {
		return list
	}
	left := mergeSort(list[:len(list)/2], compare)
	right := mergeSort(list[len(list)/2:], compare)
	merged := make([]candidate, 0, len(list))
	for len(left) > 0 && len(right) > 0 {
		if compare(&left[0], &right[0]) <= 0 {
			merged, left = append(merged, left[0]), left[1:]
		} else {
			merged, right = append(merged, right[0]), right[1:]
		}
	}
	return append(append(merged, left...), right...)
}

// findLocal looks up the interface address of the source. All of 127/8 stands for 127.0.0.1, which is
// the address that the loopback interface has.
func (c *candidate) findLocal(local []localAddr) {
	if !c.source.IsValid() {
		return
	}
	source := c.source
	if source.Is4() && source.IsLoopback() {
		source = netip.AddrFrom4([4]byte{127, 0, 0, 1})
	}
	for _, entry := range local {
		if mapped(entry.addr) == mapped(source) {
			c.local, c.known = entry, true
			return
		}
	}
}

// compare applies RFC 3484's rules for destinations, negative if a goes first.
func (s *sorting) compare(a, b *candidate) int {
	if a.source.IsValid() != b.source.IsValid() {
		return preferTrue(a.source.IsValid(), b.source.IsValid())
	}
	usable := a.source.IsValid()
	aDst, bDst := a.info.Addr.Addr(), b.info.Addr.Addr()
	if usable {
		// Rules 2 to 5: matching scope, not deprecated, home address, matching label.
		order := cmp.Or(
			preferTrue(s.scope(aDst) == s.scope(a.source), s.scope(bDst) == s.scope(b.source)),
			preferTrue(!a.local.deprecated, !b.local.deprecated),
			preferTrue(a.local.home, b.local.home),
			preferTrue(s.label(aDst) == s.label(a.source), s.label(bDst) == s.label(b.source)),
		)
		if order != 0 {
			return order
		}
	}
	// Rule 6: higher precedence.
	if order := cmp.Compare(lookup(s.precedence, mapped(bDst)), lookup(s.precedence, mapped(aDst))); order != 0 {
		return order
	}
	// Rule 7: native transport.
	if usable && (a.known != b.known || a.local.index != b.local.index) {
		if order := preferTrue(s.native(a), s.native(b)); order != 0 {
			return order
		}
	}
	// Rule 8: smaller scope.
	if order := cmp.Compare(s.scope(aDst), s.scope(bDst)); order != 0 {
		return order
	}
	// Rule 9: longest matching prefix.
	if usable && a.info.Family == b.info.Family {
		return cmp.Compare(matchingBits(b, a), matchingBits(a, b))
	}
	return 0
}

// native tells whether the source is known to be on an interface that is no tunnel.
func (s *sorting) native(c *candidate) bool { return c.known && !s.tunnels()[c.local.index] }

func preferTrue(a, b bool) int {
	switch {
	case a && !b:
		return -1
	case b && !a:
		return 1
	}
	return 0
}

// scope is the scope of an address as in RFC 4007's multicast scopes (get_scope).
func (conf *gaiConf) scope(addr netip.Addr) int {
	raw := addr.As16()
	switch {
	case addr.Is4():
		return lookup(conf.scopes, addr)
	case raw[0] == 0xff:
		return int(raw[1] & 0xf)
	case isLinkLocal(addr) || addr == netip.IPv6Loopback():
		return 2
	case raw[0] == 0xfe && raw[1]&0xc0 == 0xc0:
		return 5
	}
	return 14
}

func (conf *gaiConf) label(addr netip.Addr) int { return lookup(conf.labels, mapped(addr)) }

// mapped is an IPv4 address in its IPv6 form, as the tables want it.
func mapped(addr netip.Addr) netip.Addr { return netip.AddrFrom16(addr.As16()) }

// matchingBits is how many bits a's source and destination share, for comparing a with b.
func matchingBits(a, b *candidate) int {
	dst, src := a.info.Addr.Addr(), a.source
	if dst.Is4() {
		// IPv4 addresses count only on the same subnet.
		if !contains(netip.PrefixFrom(src, a.subnetBits()).Masked(), dst) {
			return 0
		}
		return bits.LeadingZeros32(word(dst, 3) ^ word(src, 3))
	}
	// glibc looks only at the first 32-bit word in which either pair differs.
	otherDst, otherSrc := b.info.Addr.Addr(), b.source
	for i := range 4 {
		if word(dst, i) != word(src, i) || word(otherDst, i) != word(otherSrc, i) {
			return bits.LeadingZeros32(word(dst, i) ^ word(src, i))
		}
	}
	return 0
}

// subnetBits is the prefix length of the source's subnet. Where it is not known glibc shifts by 32,
// which leaves the mask full on the machines that it runs on.
func (c *candidate) subnetBits() int {
	if !c.known || c.local.prefixLen == 0 {
		return 32
	}
	return c.local.prefixLen
}

// word is the i-th 32-bit word of an address's 16-byte form.
func word(addr netip.Addr, i int) uint32 {
	raw := addr.As16()
	return binary.BigEndian.Uint32(raw[4*i:])
}
