package pysocket_test

import (
	"strings"
	"testing"

	"github.com/pyparity/pyparity/harness/subject"
)

// scenarios are conversations whose every step both sides must see alike. None
// shows a port or a path that the system chose.
var scenarios = map[string]string{
	"stream": `
l = socket.socket()
l.bind(("127.0.0.1", 0))
l.listen(1)
c = socket.socket()
c.connect(l.getsockname())
a, peer = l.accept()
peer == c.getsockname()
a.getpeername() == peer
a.family
a.type
a.proto
a.gettimeout()
a.getblocking()
a.get_inheritable()
c.send(b"hello")
a.recv(2)
a.recv(100, socket.MSG_PEEK)
a.recv_into(bytearray(10), 2)
buf = bytearray(10)
a.recvfrom_into(buf)
buf
c.sendall(b"x" * 100)
a.recv(100, socket.MSG_WAITALL)
c.connect(l.getsockname())
c.connect_ex(l.getsockname())
c.shutdown(socket.SHUT_WR)
c.send(b"x")
a.recv(1)
a.recvfrom(1)
a.send(b"bye")
c.recv(10)
a.close()
c.recv(10)
a.close()
a.recv(1)
a.fileno()
repr(a)
c.close()
l.close()
`,
	"unix stream with abstract names": `
l = socket.socket(socket.AF_UNIX)
l.getsockname()
l.bind("\0pysocket")
l.getsockname()
repr(l)
l.listen()
c = socket.socket(socket.AF_UNIX)
c.connect(b"\0pysocket")
c.getpeername()
a, peer = l.accept()
peer
a.getsockname()
repr(a)
a.sendall(b"x")
c.recvfrom(5)
c.sendto(b"y", b"\0pysocket")
a.close()
c.recv(1)
c.send(b"x")
other = socket.socket(socket.AF_UNIX)
other.bind(b"\0pysocket")
other.connect("\0nobody")
other.connect_ex("\0nobody")
l.close()
c.close()
other.close()
`,
	"datagrams": `
a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
a.send(b"")
b.recv(10)
a.send(b"hello")
b.recv(2)
a.send(b"hello")
b.recvfrom(8, socket.MSG_TRUNC)
a.send(b"hello")
b.recvfrom_into(bytearray(3))
b.setblocking(False)
b.recv(1)
b.recv(0)
b.recvfrom(0)
u = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
u.bind("\0pysocket.dgram")
v = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
v.sendto(b"x", "\0pysocket.dgram")
u.recvfrom(10)
v.bind("\0pysocket.other")
v.sendto(b"x", 0, b"\0pysocket.dgram")
u.recvfrom(10)
v.connect("\0pysocket.dgram")
v.send(b"y")
u.recvfrom_into(bytearray(5))
a.close()
b.send(b"x")
b.close()
u.close()
v.send(b"z")
v.close()
`,
	"modes": `
s, p = socket.socketpair()
os.get_blocking(s.fileno())
s.settimeout(0.05)
os.get_blocking(s.fileno())
s.getblocking()
s.timeout
s.recv(1)
s.recv_into(bytearray(1))
s.recvfrom(1)
s.setblocking(False)
s.timeout
s.recv(1)
s.recv(0)
s.setblocking(True)
s.timeout
os.get_blocking(s.fileno())
s.settimeout(1e-10)
s.timeout
s.recv(1)
s.settimeout(None)
os.set_blocking(s.fileno(), False)
s.recv(1)
s.close()
s.settimeout(1)
s.timeout
s.gettimeout()
p.recv(1)
p.close()
`,
	"default timeout": `
socket.getdefaulttimeout()
socket.setdefaulttimeout(5)
s = socket.socket()
s.timeout
a, b = socket.socketpair()
a.timeout
socket.setdefaulttimeout(None)
n = socket.socket()
n.timeout
s.timeout
s.bind(("127.0.0.1", 0))
s.listen()
c = socket.create_connection(s.getsockname())
c.timeout
x, peer = s.accept()
x.timeout
os.get_blocking(x.fileno())
d = socket.create_connection(s.getsockname(), 3)
d.timeout
e = socket.create_connection(s.getsockname(), timeout=None, source_address=("127.0.0.1", 0))
e.timeout
s.close()
n.close()
a.close()
b.close()
c.close()
d.close()
e.close()
x.close()
`,
	"closed": `
s = socket.socket()
s.close()
s.accept()
s.bind(("127.0.0.1", 0))
s.connect(("127.0.0.1", 1))
s.connect_ex(("127.0.0.1", 1))
s.listen()
s.recv(1)
s.recv(0)
s.recv_into(bytearray(1))
s.recvfrom(1)
s.recvfrom_into(bytearray(1))
s.send(b"")
s.sendall(b"")
s.sendto(b"", ("127.0.0.1", 1))
s.shutdown(2)
s.settimeout(1)
s.setblocking(False)
s.getblocking()
s.getsockname()
s.getpeername()
s.getsockopt(1, 2)
s.getsockopt(1, 2, 3)
s.setsockopt(1, 2, 3)
s.dup()
s.detach()
s.fileno()
s.get_inheritable()
s.set_inheritable(True)
s.__enter__()
s.__exit__()
s.__exit__(1, 2, 3)
s.family
s.type
s.proto
s.timeout
s._closed
repr(s)
s
`,
	"copies": `
s, p = socket.socketpair()
d = s.dup()
d == s
d.fileno() == s.fileno()
d.get_inheritable()
d.timeout
s.settimeout(2)
e = s.dup()
e.timeout
d.timeout
s.close()
d.send(b"x")
p.recv(1)
f = socket.socket(fileno=d.detach())
d.fileno()
repr(d)
d.send(b"x")
d.close()
f.family
f.type
f.proto
f.send(b"y")
p.recv(1)
g = socket.fromfd(f.fileno(), socket.AF_UNIX, socket.SOCK_STREAM)
g.fileno() == f.fileno()
g.send(b"z")
p.recv(1)
h = socket.socket(socket.AF_INET, socket.SOCK_DGRAM, 17, socket.dup(f.fileno()))
h.family
h.type
h.proto
h.getsockname()
h.close()
h.fileno()
h.close()
f.set_inheritable(True)
f.get_inheritable()
socket.close(f.detach())
e.close()
g.close()
p.close()
`,
	"non-blocking": `
l = socket.socket()
l.bind(("127.0.0.1", 0))
l.listen()
l.setblocking(False)
l.accept()
c = socket.socket()
c.setblocking(False)
c.connect_ex(l.getsockname()) in (0, 115)
select.select([l], [], [], 5)[0] == [l]
a, peer = l.accept()
a.timeout
a.getblocking()
os.get_blocking(a.fileno())
c.recv(1)
c.sendall(b"x" * 10000000)
c.close()
a.close()
n = socket.socket(type=socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
n.type
n.timeout
n.connect(l.getsockname())
n.close()
l.close()
`,
	"buffers": `
s, p = socket.socketpair()
b = bytearray(10)
m = memoryview(b)
p.sendall(memoryview(b"abcdef")[1:4])
s.recv_into(m[2:5])
b
p.sendall(bytearray(b"xyz"))
s.recv_into(b, 2)
s.recv_into(b, nbytes=1, flags=socket.MSG_DONTWAIT)
b
s.recv_into(b, 11)
s.recv_into(m[:0])
s.recv_into(buffer=b"x")
s.recvfrom_into(b, 11)
b.append(1)
p.send(b"x", socket.MSG_NOSIGNAL)
s.recv(1)
p.close()
s.recv_into(b)
s.close()
`,
	"blocking peers": `
a, b = socket.socketpair()
h = spawn(a.recv, 5)
b.sendall(b"hello")
join(h)
big = spawn(b.sendall, b"x" * 5000000)
got = a.recv(5000000, socket.MSG_WAITALL)
len(got)
join(big)
a.settimeout(0.05)
slow = spawn(a.recv, 1)
join(slow)
a.sendall(b"x" * 50000000)
a.close()
b.close()
`,
	"ipv6": `
l = socket.socket(socket.AF_INET6)
l.bind(("::1", 0))
l.getsockname()[0]
l.getsockname()[2:]
l.listen()
c = socket.create_connection(l.getsockname()[:2])
c.family
c.proto
a, peer = l.accept()
peer[0]
a.family
c.getpeername() == l.getsockname()
c.close()
a.close()
l.close()
l = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
l.bind(("::", 0))
l.getsockname()[0]
l.sendto(b"x", ("::1", l.getsockname()[1], 0, 0))
data, sender = l.recvfrom(5)
data
sender[0]
l.sendto(b"x", ("127.0.0.1", 1))
l.close()
`,
	"options": `
s = socket.socket()
s.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR)
s.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE) == socket.SOCK_STREAM
s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 5))
struct.unpack("ii", s.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8))
s.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 100)
s.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER)
s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
s.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, b"short")
s.setsockopt(999, 999, 1)
s.getsockopt(999, 999)
s.close()
`,
	"enter and exit": `
s = socket.socket()
s.__enter__() == s
s.__exit__(None, None, None)
s.fileno()
s.__exit__()
p = socket.SocketType(socket.AF_UNIX, socket.SOCK_DGRAM)
p.getsockname()
p.family
p.type
repr(p)
p.close()
p.fileno()
repr(p)
p.recv(1)
p.close()
`,
}

// TestScenarios compares whole conversations.
func TestScenarios(t *testing.T) { converse(t, scenarios) }

func converse(t *testing.T, scenarios map[string]string) {
	t.Helper()
	eachPython(t, func(t *testing.T, want, got subject.Worker) {
		compared, differ := 0, 0
		for name, text := range scenarios {
			c, d := compare(t, want, got, strings.Split(strings.TrimSpace(text), "\n"))
			compared, differ = compared+c, differ+d
			if d > 0 {
				t.Logf("%s: %d of %d differ", name, d, c)
			}
		}
		t.Logf("%d of %d steps differ", differ, compared)
	})
}
