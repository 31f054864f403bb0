package pysocket_test

import "strings"

// messages are calls of the methods of the connected pair p, q that send and
// receive messages, and of the functions around them. Nothing of them waits.
func messages() []string {
	var list []string
	for _, f := range []string{"CMSG_LEN", "CMSG_SPACE"} {
		list = append(list, calls("socket."+f, 1)...)
		list = append(list, each("socket."+f, values)...)
		list = append(list, each("socket."+f, []string{"2", "3", "4", "5", "8", "9", "2147483623", "2147483624", "2147483631", "2147483632"})...)
	}
	for _, m := range []string{"recvmsg", "recvmsg_into", "sendmsg"} {
		list = append(list, calls("p."+m, 4)...)
		list = append(list, "socket.socket."+m+"()", "socket.socket."+m+"(1)", "socket.SocketType."+m+"(p)", "repr(socket.socket."+m+")",
			"p."+m+".__name__", "type(p."+m+")")
	}
	for _, v := range values {
		// That much memory is not asked for.
		if !strings.HasPrefix(v, "21474836") && !strings.HasPrefix(v, "42949672") {
			list = append(list, "p.recvmsg("+v+")")
		}
		list = append(list, "p.recvmsg(4, "+v+")", "p.recvmsg(4, 0, "+v+")", "p.recvmsg_into("+v+")", "p.recvmsg_into(["+v+"])",
			"p.recvmsg_into([bytearray(2), "+v+"])", "p.recvmsg_into([bytearray(4)], "+v+")", "p.recvmsg_into([bytearray(4)], 0, "+v+")",
			"p.recvmsg_into((), 0, "+v+")",
			"q.sendmsg("+v+")", "q.sendmsg(["+v+"])", "q.sendmsg([b'x', "+v+"])", "q.sendmsg([b'x'], "+v+")", "q.sendmsg([b'x'], ["+v+"])",
			"q.sendmsg([b'x'], [("+v+", 1, b'')])", "q.sendmsg([b'x'], [(1, "+v+", b'')])", "q.sendmsg([b'x'], [(1, 1, "+v+")])",
			"q.sendmsg([b'x'], [], "+v+")", "q.sendmsg([b'x'], [], 0, "+v+")", "d.sendmsg([b'x'], [], 0, "+v+")", "s.sendmsg([b'x'], [], 0, "+v+")",
			"socket.send_fds("+v+", [b'x'], [])", "socket.send_fds(q, "+v+", [])", "socket.send_fds(q, [b'x'], "+v+")",
			"socket.send_fds(q, [b'x'], ["+v+"])", "socket.send_fds(q, [b'x'], [], "+v+", "+v+")",
			"socket.recv_fds("+v+", 4, 1)", "len(socket.recv_fds(p, 4, "+v+")[1])", "len(socket.recv_fds(p, 4, 1, "+v+")[1])", "p.recvmsg(1000)")
	}
	for _, item := range []string{"(1, 1)", "(1, 1, b'', 2)", "[1, 1, b'']", "[1, 1]", "'abc'", "'ab'", "b'abc'", "bytearray(3)", "bytearray(2)", "range(3)",
		"range(2)", "memoryview(b'abc')", "{1: 1, 2: 2, 3: 3}", "set([1, 2, 3])", "(1.5, 1, b'')", "(1, None, b'')", "(1, 2147483648, b'')",
		"(1, 1, 'x')", "(1, 1, b'x')", "(1, 1, bytearray(4))", "(1, 2, b'')", "(99, 99, b'x')", "(True, 1, b'')", "(socket.AF_UNIX, 1, b'')", "(0, 0, b'')",
		"(41, 50, b'x')", "(0, 2, b'\\x01')", "(1, 1, struct.pack('i', -1))", "(1, 1, struct.pack('i', 9999))", "(1, 2, bytes(12))", "(1, 2, bytes(8))"} {
		list = append(list, "q.sendmsg([b'x'], ["+item+"])", "q.sendmsg([], ["+item+", (1, 1, b'')])", "q.sendmsg([b'x'], reversed(["+item+"]))",
			"d.sendmsg([b'x'], ["+item+"], 0, ('127.0.0.1', 9))", "q.sendmsg([b'x'], "+item+")", "[(item[0], item[1], len(item[2])) for item in p.recvmsg(1000, 100)[1]]")
	}
	for _, addr := range addresses() {
		if !strings.Contains(addr, "'localhost'") {
			list = append(list, "d.sendmsg(1, 1, 0, "+addr+")", "d.sendmsg([b'x'], (), 0, "+addr+")")
		}
	}
	list = append(list, calls("socket.send_fds", 5)[:5]...)
	list = append(list, calls("socket.recv_fds", 4)[:5]...)
	return append(list,
		"socket.send_fds(sock=q, buffers=[b'x'], fds=[], flags=1, address=2)", "socket.send_fds(q, [b'x'], fd=[])",
		"socket.send_fds(1, 2, 3, 4, 5, 6)", "socket.recv_fds(1, 2, 3, 4, 5)",
		"socket.send_fds(q, [b'x'], b'abc')", "socket.send_fds(q, [b'x'], range(0))", "socket.send_fds(q, [b'x'], {})", "socket.send_fds(q, [b'x'], [-1])",
		"socket.recv_fds(sock=p, bufsize=1000, maxfds=1, flags=2)", "socket.recv_fds(p, 'x', 1)", "socket.recv_fds(p, 1, -1)", "socket.recv_fds(p, 1, -4)",
		"socket.recv_fds(p, 1, -5)", "socket.recv_fds(p, 1, 'x')", "socket.recv_fds(p, 1, 536870908)", "socket.recv_fds(p, 1, 1.5)",
		"q.sendmsg([b'x'] * 1024)", "q.sendmsg([b'x'] * 1025)", "p.recvmsg_into([bytearray(1)] * 1025)", "p.recvmsg_into([bytearray(1)] * 1024)",
		"q.sendmsg([memoryview(b'ab'), bytearray(b'cd')])", "p.recvmsg_into([memoryview(bytearray(2)), bytearray(5)])",
		"f = socket.socket(99, 1, 0, s.fileno())", "f.recvmsg(-1)", "f.recvmsg(1, -1)", "f.recvmsg_into([1])", "f.sendmsg([1], 0, 0, 1)", "f.sendmsg([])", "f.detach() > 2",
		"c = socket.socket()", "c.close()", "c.recvmsg(1)", "c.recvmsg(1, -1)", "c.recvmsg_into([])", "c.sendmsg([])", "c.sendmsg([b'x'], [(1, 1, b'')])",
		"socket.recv_fds(c, 1, 1)", "socket.send_fds(c, [b'x'], [0])", "s.recvmsg(1)", "s.recvmsg(1, 2147483648)", "s.recvmsg_into([])", "s.sendmsg([b'x'])",
		"s.recvmsg(1, 0, 64)", "d.recvmsg(0)", "d.recvmsg(1, 100, 8192)", "p.recvmsg(9223372036854775807)", "p.recvmsg(9223372036854775774)",
	)
}
