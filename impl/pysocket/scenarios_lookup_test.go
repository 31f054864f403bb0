package pysocket_test

import "testing"

// lookupScenarios are lookups of the fixture's names that lead to each other and
// to sockets.
var lookupScenarios = map[string]string{
	"h_errno outlives a lookup": `
socket.gethostbyaddr("::")
socket.gethostbyname("one")
socket.gethostbyaddr("::")
socket.gethostbyaddr("192.0.2.65")
socket.gethostbyaddr("::")
socket.gethostbyname("one")
socket.gethostbyaddr("::")
socket.gethostbyname("one.pyparity.test")
socket.gethostbyaddr("::")
socket.getaddrinfo("child.parent", 1, 2, 1)
socket.gethostbyaddr("::")
socket.gethostbyaddr("192.0.2.65")
socket.gethostbyaddr("192.0.2.20")
socket.gethostbyaddr("::")
socket.getaddrinfo("hosts-dual", 1, 0, 1)
socket.gethostbyaddr("::")
socket.getaddrinfo("missing", 1, 10, 1)
socket.gethostbyaddr("::")
socket.getaddrinfo("dual", 1, 10, 1)
socket.gethostbyaddr("::")
socket.gethostbyname("hosts-one")
socket.gethostbyaddr("::")
socket.getaddrinfo("servfail.pyparity.test.", 1)
socket.gethostbyname_ex("<broadcast>")
socket.getnameinfo(("192.0.2.99", 1), 0)
socket.gethostbyaddr("::")
socket.gethostbyname_ex("0x7f.1")
socket.gethostbyaddr("192.0.2.64")
`,
	"names lead to sockets": `
l = socket.socket()
l.bind(("here", 0))
l.getsockname()[0]
l.listen()
socket.getaddrinfo("here.pyparity.test", l.getsockname()[1], 0, socket.SOCK_STREAM)[0][:4]
c = socket.socket()
c.connect(socket.getaddrinfo("here.pyparity.test", l.getsockname()[1], 0, socket.SOCK_STREAM)[0][4])
socket.getnameinfo(c.getpeername(), socket.NI_NUMERICSERV)[0]
socket.gethostbyaddr(c.getpeername()[0])
socket.getfqdn(c.getpeername()[0])
c.close()
l.close()
`,
	"create_connection finds the host": `
l = socket.socket()
l.bind(("127.0.0.1", 0))
l.listen()
c = socket.create_connection(("fallback", l.getsockname()[1]))
c.getpeername()[0]
c.close()
c = socket.create_connection((b"loop4", str(l.getsockname()[1])))
c.getpeername()[0]
c.close()
socket.create_connection(("missing", l.getsockname()[1]))
socket.create_connection((b"b\xc3\xbccher", "nosuch"))
socket.create_connection((b".", 1))
socket.create_connection((b"a..b", 1))
socket.create_connection((b"\xff", "nosuch"))
l.close()
`,
	"names that take the time of a server": `
socket.gethostbyaddr("192.0.2.67")
socket.getaddrinfo("garbage", 1)
socket.gethostbyname_ex("garbage")
`,
}

// TestLookupScenarios compares whole conversations about names.
func TestLookupScenarios(t *testing.T) { converse(t, lookupScenarios) }
