package pysocket_test

import "testing"

// specialScenarios look at what classes and methods are made of, and call methods
// on what they are not for.
var specialScenarios = map[string]string{
	"descriptors": `
socket.socket.family
s = socket.socket()
socket.socket.family.fget(s)
socket.socket.type.fset
socket.socket.proto.__name__
socket.socket.timeout.__objclass__
socket.SocketType.family
s.__module__
s.__getstate__()
s.close()
`,
	"methods on other objects": `
socket.socket.close("x")
socket.socket.detach(5)
socket.socket.__exit__(5)
r = socket.SocketType()
socket.socket.close(r)
socket.socket.accept(r)
d = socket.socket.dup(r)
d.close()
r.close()
`,
	"internals": `
type(socket._GLOBAL_DEFAULT_TIMEOUT).__name__
type(socket.CAPI).__name__
l = socket.socket()
l.bind(("127.0.0.1", 0))
l.listen()
c = socket.create_connection(l.getsockname(), socket._GLOBAL_DEFAULT_TIMEOUT)
c.gettimeout()
s = socket.socket(fileno=l._accept()[0])
s.getpeername() == c.getsockname()
os.get_blocking(s.fileno())
s.close()
c.recv(1)
c.close()
l.close()
`,
	"fast open": `
l = socket.socket()
l.bind(("127.0.0.1", 0))
l.listen()
c = socket.socket()
c.sendto(b"hello", socket.MSG_FASTOPEN, l.getsockname())
c.sendto(b"hello", socket.MSG_FASTOPEN, l.getsockname())
c.connect_ex(l.getsockname())
c.close()
l.close()
`,
}

func TestSpecialScenarios(t *testing.T) { converse(t, specialScenarios) }
