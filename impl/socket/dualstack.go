package socket

// HasIPv6 is Python's socket.has_ipv6: whether this package knows IPv6, not
// whether the machine has it.
const HasIPv6 = true

// HasDualStackIPv6 is Python's socket.has_dualstack_ipv6: whether one AF_INET6
// socket can serve IPv4 too. Since 3.14 Python looks whether IPV6_V6ONLY was
// really cleared; Linux does that whenever it says so.
func HasDualStackIPv6() bool {
	s, err := New(AF_INET6, SOCK_STREAM, 0)
	if err != nil {
		return false
	}
	err = s.SetSockOpt(IPPROTO_IPV6, IPV6_V6ONLY, 0)
	return s.Close() == nil && err == nil
}
