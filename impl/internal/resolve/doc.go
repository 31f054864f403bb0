// Package resolve gives glibc's view of names, as CPython's socket module gets it through
// getaddrinfo(3), getnameinfo(3) and the netdb functions, without cgo.
//
// Go's own resolver answers the same questions in another way: it sorts differently, knows no
// service per socket type, no EAI_ and no h_errno codes, and no short, octal or hexadecimal
// addresses. What a Python program observes is glibc, so this package follows glibc, step by step
// and file by file:
//
//	gai.go         getaddrinfo: arguments, flags, order of the attempts
//	servtuples.go  which (socktype, protocol, port) triples a query yields
//	sort.go        the order of the results (RFC 3484 as glibc applies it)
//	numeric.go     inet_aton, inet_pton, inet_ntop, scope ids
//	nss.go         sources of names and the walk over them that nsswitch.conf describes
//	hosts.go       /etc/hosts as a source
//	dns.go         DNS as a source; search.go the search list, transport.go the wire
//	hostent.go     gethostbyname_r, gethostbyaddr_r
//	nameinfo.go    getnameinfo
//	herrno.go      what lookups leave in h_errno
//	ifindex.go     if_nameindex, if_nametoindex, if_indextoname
//	services.go    getservbyname, getservbyport; protocols.go getprotobyname
//	resolvconf.go, nsswitch.go, hostconf.go, gaiconf.go   the configuration files
//
// What turns a str into the bytes that glibc sees, CPython's codec idna, is in pyref/base/idna.
//
// The reference is glibc 2.41 as Debian trixie builds it (the CPython 3.13 image). Not modelled:
// nscd, the loading of NSS modules, which glibc 2.31 does at the first lookup and which needs a
// descriptor, NSS modules other than files and dns (they count as not installed), libidn2 (not in the
// reference images: AI_IDN refuses non-ASCII names, AI_CANONIDN and NI_IDN change nothing), state
// that glibc keeps for a thread between calls (a fallback to single requests, an errno of before that
// shows in later failures; of h_errno a caller can keep track, with KeepHErrno), and DNS names with a
// dot inside a label. Of the answers to parallel A and AAAA queries the A one counts as the first,
// whichever comes first.
//
// Names are C strings to glibc: a Go string given here ends at its first NUL.
package resolve
