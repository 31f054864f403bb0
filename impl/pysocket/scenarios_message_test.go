package pysocket_test

import "testing"

// messageScenarios are conversations with ancillary data. Descriptors are shown
// only as how many they are.
var messageScenarios = map[string]string{
	"stream": `
a, b = socket.socketpair()
a.sendmsg([b"ab", bytearray(b"cd"), memoryview(b"ef")])
b.recvmsg(4)
buf = bytearray(1)
more = bytearray(5)
b.recvmsg_into([buf, more])
buf
more
a.sendmsg([])
a.sendmsg([b""], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, b"")])
b.setblocking(False)
b.recvmsg(1)
b.recvmsg_into([bytearray(1)])
b.settimeout(0.05)
b.recvmsg(1)
b.recvmsg(0)
a.sendmsg([b"xyz"], [], socket.MSG_DONTWAIT)
b.recvmsg(0)
b.recvmsg(2, 0, socket.MSG_PEEK)
b.recvmsg_into([], 0, socket.MSG_PEEK)
b.recvmsg(5)
b.settimeout(None)
h = spawn(b.recvmsg, 6, 0, socket.MSG_WAITALL)
a.sendmsg([b"abc"])
time.sleep(0.05)
a.sendmsg([b"def"])
join(h)
h = spawn(b.recvmsg, 3)
time.sleep(0.05)
a.sendmsg([b"abc"])
join(h)
a.close()
b.recvmsg(1)
b.recvmsg_into([bytearray(1)])
b.sendmsg([b"x"])
b.close()
b.recvmsg(1)
b.sendmsg([b"x"])
`,
	"much": `
a, b = socket.socketpair()
h = spawn(a.sendmsg, [b"x" * 300000, b"y" * 300000, b"z" * 7])
time.sleep(0.05)
got = b.recvmsg(600007, 0, socket.MSG_WAITALL)
len(got[0])
got[0][299999:300001]
got[0][-8:]
got[1:]
join(h)
a.settimeout(0.1)
a.sendmsg([b"x" * 100000] * 50) < 5000000
a.sendmsg([b"x" * 100000] * 50)
a.setblocking(False)
a.sendmsg([b"x"])
a.close()
b.close()
`,
	"datagrams": `
a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
a.sendmsg([b"abc", b"def"])
b.recvmsg(4)
a.sendmsg([b"abc", b"def"])
len(b.recvmsg(4, 0, socket.MSG_TRUNC)[0])
a.sendmsg([b"abc", b"def"])
b.recvmsg_into([bytearray(1)], 0, socket.MSG_TRUNC)
a.sendmsg([])
b.recvmsg(5)
a.sendmsg([b"abc"])
b.recvmsg_into([])
a.bind("\0message")
a.sendmsg([b"abc"])
b.recvmsg(5)
b.sendmsg([b"abc"], [], 0, b"\0message")
b.sendmsg([b"abc"], [], 0, "\0nobody")
a.recvmsg(5)
a.close()
b.close()
a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
a.sendmsg([b"abc", b"def"])
b.recvmsg(100)
a.sendmsg([b"abc", b"def"])
b.recvmsg(4)
a.sendmsg([b"x"], [], socket.MSG_EOR)
b.recvmsg(4)
a.close()
b.recvmsg(4)
b.close()
`,
	"udp": `
a = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
a.bind(("127.0.0.1", 0))
b = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
a.setsockopt(socket.IPPROTO_IP, 12, 1)
a.setsockopt(socket.IPPROTO_IP, 13, 1)
b.sendmsg([b"one", b"two"], [], 0, a.getsockname())
got = a.recvmsg(100, 200)
got[:3]
got[3] == ("127.0.0.1", b.getsockname()[1])
b.sendmsg([b"x"], [(socket.IPPROTO_IP, socket.IP_TOS, struct.pack("i", 16)), (socket.IPPROTO_IP, socket.IP_TTL, struct.pack("i", 5))], 0, a.getsockname())
a.recvmsg(100, 200)[:3]
for size in (0, 1, 15, 16, 17, 19, 20, 21, 23, 24, 25, 39, 40, 41, 43, 44, 45, 47, 48, 100):
    b.sendmsg([b"x"], (), 0, a.getsockname())
    a.recvmsg(1, size)[:3]
b.sendmsg([b"x"], [(socket.IPPROTO_IP, socket.IP_TTL, struct.pack("i", 500))], 0, a.getsockname())
b.sendmsg([b"x"], [(socket.IPPROTO_IP, socket.IP_TTL, b"")], 0, a.getsockname())
b.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, struct.pack("i", a.fileno()))], 0, a.getsockname())
a.recvmsg(100)[:3]
b.sendmsg([b"x" * 70000], [], 0, a.getsockname())
b.sendmsg([b"x"])
b.connect(a.getsockname())
b.sendmsg([b"x"])
a.recvmsg(100, 100)[:3]
a.setblocking(False)
a.recvmsg(100)
a.recvmsg_into([], 2147483647)
a.close()
b.close()
`,
	"udp6": `
a = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
a.bind(("::1", 0))
a.settimeout(5)
b = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
a.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVHOPLIMIT, 1)
a.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVTCLASS, 1)
a.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVPKTINFO, 1)
b.sendmsg([b"x"], [(socket.IPPROTO_IPV6, socket.IPV6_HOPLIMIT, struct.pack("i", 7)), (socket.IPPROTO_IPV6, socket.IPV6_TCLASS, struct.pack("i", 3))], 0, a.getsockname())
got = a.recvmsg(100, 300)
got[:3]
got[3] == b.getsockname()
for size in (16, 30, 36, 40, 56, 59, 60, 64, 79, 80, 88):
    b.sendmsg([b"x"], (), 0, a.getsockname())
    a.recvmsg(1, size)[:3]
a.close()
b.close()
`,
	"rights": `
a, b = socket.socketpair()
socket.send_fds(a, [b"here", b"!"], [a.fileno()])
os.write(socket.recv_fds(b, 5, 1)[1][0], b"through")
b.recv(10)
socket.send_fds(a, [b"here", b"!"], [a.fileno(), b.fileno()])
[x if type(x) != list else [type(fd) for fd in x] for x in socket.recv_fds(b, 100, 2)]
for size in (0, 4, 15, 16, 17, 19, 20, 21, 23, 24, 25, 28, 32, 40):
    a.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, struct.pack("iii", a.fileno(), b.fileno(), a.fileno()))])
    [x if type(x) != list else [(item[0], item[1], len(item[2]), [os.close(fd) for fd in struct.unpack("i" * (len(item[2]) // 4), item[2][:len(item[2]) // 4 * 4])]) for item in x] for x in b.recvmsg(1, size)]
for count in (0, 1, 2, 3, 4, 10):
    socket.send_fds(a, [b"x"], [a.fileno()] * 3)
    [x if type(x) != list else [os.close(fd) for fd in x] for x in socket.recv_fds(b, 100, count)]
a.sendmsg([b"one"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, struct.pack("i", a.fileno())), (socket.SOL_SOCKET, socket.SCM_RIGHTS, struct.pack("i", b.fileno()))])
[x if type(x) != list else [len(item[2]) for item in x] for x in b.recvmsg(100, 100)]
socket.send_fds(a, [b"x"], [a.fileno()])
b.recv(1)
socket.send_fds(a, [b"x"], [a.fileno()])
[x if type(x) != list else [len(item[2]) for item in x] for x in b.recvmsg(1, 100, socket.MSG_PEEK)]
b.recvmsg(1)
socket.send_fds(a, [b"ab"], [a.fileno()])
a.send(b"cd")
[x if type(x) != list else [len(item[2]) for item in x] for x in b.recvmsg(4, 100, socket.MSG_WAITALL)]
b.recvmsg(4, 100)
socket.send_fds(a, [b"ab"], [a.fileno()])
a.send(b"cd")
b.recvmsg(4, 0, socket.MSG_WAITALL)
b.recvmsg(4, 100)
a.send(b"ab")
socket.send_fds(a, [b"cd"], [b.fileno()])
[x if type(x) != list else [len(item[2]) for item in x] for x in b.recvmsg(4, 100, socket.MSG_WAITALL)]
h = spawn(b.recvmsg, 6, 100, socket.MSG_WAITALL)
a.send(b"ab")
time.sleep(0.05)
socket.send_fds(a, [b"cd"], [b.fileno()])
time.sleep(0.05)
a.send(b"ef")
[x if type(x) != list else [len(item[2]) for item in x] for x in join(h)]
b.recvmsg(4, 100)
a.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, struct.pack("i", a.fileno()) * 253)])
len(b.recvmsg(1, 4000)[1][0][2])
a.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, struct.pack("i", a.fileno()) * 254)])
socket.send_fds(a, [b"x"], [a.fileno()])
b.recvmsg(1, 100, socket.MSG_CMSG_CLOEXEC)[2]
socket.send_fds(a, [b"x"], [-1])
socket.send_fds(a, [b"x"], [a])
socket.send_fds(a, [b"x"], bytearray(struct.pack("i", a.fileno())))
len(socket.recv_fds(b, 1, 1)[1])
socket.send_fds(a, [], [a.fileno()])
b.recvmsg(1, 100, socket.MSG_DONTWAIT)
a.close()
b.close()
`,
	"credentials": `
a, b = socket.socketpair()
b.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
a.send(b"x")
[(item[0], item[1], len(item[2])) for item in b.recvmsg(1, 100)[1]]
a.send(b"x")
[struct.unpack("iii", item[2])[1:] for item in b.recvmsg(1, 100)[1]]
a.send(b"x")
a.sendmsg([b"y"], [(socket.SOL_SOCKET, socket.SCM_CREDENTIALS, b.recvmsg(1, 100)[1][0][2])])
len(b.recvmsg(1, 100)[1][0][2])
a.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_CREDENTIALS, struct.pack("ii", 1, 1))])
a.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_CREDENTIALS, struct.pack("iii", 0, 0, 0))])
a.send(b"x")
a.sendmsg([b"y"], [(socket.SOL_SOCKET, socket.SCM_CREDENTIALS, b.recvmsg(1, 100)[1][0][2]), (socket.SOL_SOCKET, socket.SCM_RIGHTS, struct.pack("i", a.fileno()))])
[(item[0], item[1], len(item[2])) for item in b.recvmsg(1, 100)[1]]
for size in (15, 16, 20, 27, 28, 29, 31, 32, 33, 47, 48, 49, 51, 52, 53, 56):
    socket.send_fds(a, [b"x"], [a.fileno()])
    [x if type(x) != list else [(item[0], item[1], len(item[2])) for item in x] for x in b.recvmsg(1, size)]
h = spawn(b.recvmsg, 6, 100, socket.MSG_WAITALL)
a.send(b"abc")
time.sleep(0.05)
a.send(b"def")
[x if type(x) != list else [(item[0], item[1], len(item[2])) for item in x] for x in join(h)]
a.close()
b.close()
`,
	"errors": `
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.IPPROTO_IP, 11, 1)
s.connect(("127.0.0.1", 1))
s.settimeout(2)
s.sendmsg([b"x"])
s.recvmsg(1)
s.sendmsg([b"x"])
time.sleep(0.05)
got = s.recvmsg(10, 200, socket.MSG_ERRQUEUE)
got[0]
got[1][0][:2]
struct.unpack("IBBBBII", got[1][0][2][:16])[:4]
got[2:]
s.recvmsg(10, 200, socket.MSG_ERRQUEUE)
l = socket.socket()
l.recvmsg(1)
l.sendmsg([b"x"])
l.sendmsg([b"x"], [], 0, ("127.0.0.1", 1))
l.close()
s.close()
`,
	"kernel timeouts": `
a, b = socket.socketpair()
a.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", 0, 50000))
a.recvmsg(1)
a.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 3)
b.send(b"ab")
a.recvmsg(10)
h = spawn(a.recvmsg_into, [bytearray(2), bytearray(2)])
b.send(b"ab")
b.send(b"cd")
join(h)
a.close()
b.close()
`,
}

// TestMessageScenarios compares whole conversations with messages.
func TestMessageScenarios(t *testing.T) { converse(t, messageScenarios) }
