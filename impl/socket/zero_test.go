//go:build linux

package socket_test

import (
	"errors"
	"iter"
	"net"
	"os"
	"reflect"
	"syscall"
	"testing"

	"github.com/pyparity/pyparity/impl/socket"
)

// zeroed calls a function with zero values: nil where there is nil.
func zeroed(t *testing.T, name string, f reflect.Value) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			t.Errorf("%s: panic: %v", name, r)
		}
	}()
	var args []reflect.Value
	for i := range f.Type().NumIn() {
		if i == f.Type().NumIn()-1 && f.Type().IsVariadic() {
			break
		}
		args = append(args, reflect.Zero(f.Type().In(i)))
	}
	for _, out := range f.Call(args) {
		switch lines := out.Interface().(type) {
		case iter.Seq2[[]byte, error]:
			lines(func([]byte, error) bool { return false })
		case iter.Seq2[string, error]:
			lines(func(string, error) bool { return false })
		case *socket.Socket:
			_ = lines.Close()
		}
	}
}

// Neither nil nor a zero value panics, whichever method is called with whatever is nil.
func TestNothingPanicsOnZeroValues(t *testing.T) {
	var nothing *socket.Module
	for _, v := range []any{
		(*socket.Socket)(nil), new(socket.Socket), nothing.Blank(), tcpSocket(t),
		(*socket.SocketIO)(nil), new(socket.SocketIO),
		(*socket.BufferedReader)(nil), new(socket.BufferedReader),
		(*socket.BufferedWriter)(nil), new(socket.BufferedWriter),
		(*socket.BufferedRWPair)(nil), new(socket.BufferedRWPair),
		(*socket.TextIOWrapper)(nil), new(socket.TextIOWrapper),
		new(socket.Module), socket.Ancillary{}, socket.Message{}, socket.Host{},
	} {
		object := reflect.ValueOf(v)
		for i := range object.NumMethod() {
			name := object.Type().Method(i).Name
			if name != "SetHostName" {
				zeroed(t, object.Type().String()+"."+name, object.Method(i))
			}
		}
	}
	// The package's own module must not be told that it was forked, so not all of
	// nil's methods.
	for _, f := range []any{
		nothing.New, nothing.FromFileno, nothing.FromFD, nothing.SocketPair, nothing.RawSocketPair, nothing.FromConn, nothing.FromListener,
		nothing.FromPacketConn, nothing.FromFile, nothing.CreateConnection, nothing.ConnectAny, nothing.CreateServer,
		nothing.HasDualStackIPv6, nothing.GetAddrInfo, nothing.GetNameInfo, nothing.AddAuditHook, nothing.Given, nothing.GetHostName,
		nothing.GetHostByName, nothing.GetHostByNameEx, nothing.GetHostByAddr, nothing.GetFQDN, nothing.Thread,
		nothing.GetDefaultTimeout, nothing.GetServByName, nothing.GetServByPort, nothing.GetProtoByName,
		socket.NewSocketIO, socket.NewSocketIOOver, socket.SendFDs, socket.RecvFDs, socket.Rights,
	} {
		zeroed(t, reflect.TypeOf(f).String(), reflect.ValueOf(f))
	}
	for _, addr := range []socket.Addr{
		socket.Inet4{}, socket.Inet6{}, socket.Unix{}, socket.Unknown{}, socket.Netlink{}, socket.Packet{}, socket.Vsock{}, socket.Alg{},
		socket.CAN{}, socket.CANISOTP{}, socket.J1939{}, socket.TIPC{}, socket.Qipcrtr{}, socket.L2CAP{}, socket.RFCOMM{}, socket.HCI{}, socket.SCO{},
	} {
		zeroed(t, reflect.TypeOf(addr).String()+".Sockaddr", reflect.ValueOf(addr).MethodByName("Sockaddr"))
	}
}

// What stands in for nil is closed.
func TestZeroValuesAreClosed(t *testing.T) {
	if _, err := new(socket.Socket).Recv(1, 0); !errors.Is(err, syscall.EBADF) || !errors.Is(err, net.ErrClosed) {
		t.Error(err)
	}
	if s := new(socket.Socket); s.Fileno() != -1 || s.GetTimeout() != socket.None || s.Close() != nil {
		t.Error(s)
	}
	for _, f := range []interface {
		socket.File
		Mode() string
	}{new(socket.SocketIO), (*socket.TextIOWrapper)(nil)} {
		if closed, err := f.Closed(); !closed || err != nil {
			t.Errorf("%T: closed: %v, %v", f, closed, err)
		}
		if err := f.Flush(); text(0, err) != "ValueError: I/O operation on closed file." {
			t.Errorf("%T: flush: %v", f, err)
		}
	}
	s := new(socket.Socket)
	check(t, s.Init(socket.AF_INET, socket.SOCK_DGRAM, 0))
	if s.Fileno() < 0 || s.Type() != socket.SOCK_DGRAM {
		t.Error(s)
	}
	check(t, s.Close())
}

// Nil where a function or an object was to be is what None is in Python.
func TestNilArguments(t *testing.T) {
	a, b := pair(t)
	for _, c := range []struct {
		what string
		err  error
		want string
	}{
		{"SendFile", second(a.SendFile(nil, 0, 0)), "AttributeError: 'NoneType' object has no attribute 'read'"},
		{"SendFile from 3", second(a.SendFile(nil, 3, 0)), "AttributeError: 'NoneType' object has no attribute 'seek'"},
		{"SendFile of no *os.File", second(a.SendFile((*os.File)(nil), 0, 0)), "invalid argument"},
		{"SendFrom", second(a.SendFrom(nil, nil, 0)), "TypeError: 'NoneType' object is not callable"},
		{"SendMsgOf", second(a.SendMsgOf(nil, 0, nil)), "TypeError: 'NoneType' object is not callable"},
		{"InitFileno", a.Module().Blank().InitFileno(nil, -1, -1, -1), "TypeError: 'NoneType' object is not callable"},
		{"Bind", b.Bind((*socket.Unix)(nil)), "TypeError: a bytes-like object is required, not 'NoneType'"},
		{"FromConn", second(socket.FromConn(nil)), "TypeError: <nil> has no descriptor"},
		{"FromListener", second(socket.FromListener((*net.UnixListener)(nil))), "OSError: [Errno 22] Invalid argument"},
	} {
		if got := errText(c.err); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
	m := new(socket.Module)
	m.AddAuditHook(nil)
	s, err := m.New(-1, -1, -1)
	check(t, err)
	check(t, s.Close())
}
