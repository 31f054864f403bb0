package pysocket_test

import (
	"slices"
	"strings"
)

// files are calls of makefile, of what it returns, and of sendfile, on the
// non-blocking pair p, q: nothing of them waits.
func files() []string {
	list := []string{"type(p.makefile(1))", "p.makefile(1, 2, 3)", "p.makefile(x=1)", "p.makefile('r', mode='r')"}
	list = append(list, "type(p.makefile()).__name__", "repr(socket.SocketIO)", "socket.SocketIO.__mro__")
	for _, v := range values {
		list = append(list, "type(p.makefile("+v+"))", "type(p.makefile('rb', buffering="+v+"))", "type(p.makefile('r', encoding="+v+"))",
			"type(p.makefile('r', errors="+v+"))", "type(p.makefile('r', newline="+v+"))",
			"type(socket.SocketIO("+v+", 'rb'))")
		if v != "socket" { // which shows a path
			list = append(list, "type(socket.SocketIO(p, "+v+"))")
		}
	}
	// That much memory is not asked for.
	sizes := slices.DeleteFunc(slices.Clone(values), func(v string) bool {
		return strings.HasPrefix(v, "21474836") || strings.HasPrefix(v, "42949672") || v == "9223372036854775807"
	})
	for _, mode := range []string{"'rb', 0", "'wb', 0", "'rb'", "'wb'", "'rwb'", "'r'", "'w'", "'rw'"} {
		f := "p.makefile(" + mode + ")"
		for _, m := range []string{"read", "readline", "readlines", "read1", "peek", "seek", "truncate", "readinto", "readinto1", "write", "writelines",
			"__exit__", "_checkClosed"} {
			list = append(list, calls(f+"."+m, 1)...)
		}
		for _, m := range []string{"close", "flush", "detach", "fileno", "isatty", "readable", "writable", "seekable", "tell", "readall", "__enter__", "__iter__",
			"__next__"} {
			list = append(list, "type("+f+"."+m+"())", f+"."+m+"(1)", f+"."+m+"(x=1)")
		}
		for _, v := range sizes {
			list = append(list, f+".read("+v+")", f+".readline("+v+")", f+".write("+v+")", f+".seek("+v+")")
		}
		for _, v := range few {
			list = append(list, f+".readlines("+v+")", f+".read1("+v+")", f+".peek("+v+")", f+".readinto("+v+")", f+".truncate("+v+")", f+".writelines("+v+")")
		}
	}
	for _, name := range []string{"encoding", "errors", "newline", "line_buffering", "write_through"} {
		for _, v := range few {
			// Before 3.12 the first three failed in ways that say nothing.
			if name == "line_buffering" || name == "write_through" || v[0] == '\'' || v == "None" {
				list = append(list, "p.makefile('w').reconfigure("+name+"="+v+")")
			}
		}
	}
	list = append(list, calls("p.sendfile", 3)...)
	for _, v := range few {
		list = append(list, "p.sendfile("+v+")", "p.sendfile(None, "+v+")", "p.sendfile(None, 0, "+v+")", "p._sendfile_use_send("+v+")", "d.sendfile("+v+")")
	}
	return list
}
