package conformance

import "github.com/pyparity/pyparity/harness/audit"

// What the calls of a socket raise that talk to the kernel, and of those which
// wait.
const (
	system = "OSError"
	waits  = "OSError BlockingIOError TimeoutError"
	number = " OverflowError"

	pythonIgnores = "Python ignores it, too"
)

// functions are the module's functions and classes.
var functions = []audit.Callable{
	{Name: "htons", Args: "x:int /", Result: "int", Raises: "OverflowError", Repeats: true},
	{Name: "ntohs", Args: "x:int /", Result: "int", Raises: "OverflowError", Repeats: true},
	{Name: "htonl", Args: "x:int /", Result: "int", Raises: "OverflowError", Repeats: true},
	{Name: "ntohl", Args: "x:int /", Result: "int", Raises: "OverflowError", Repeats: true},
	{Name: "inet_aton", Args: "ip_addr:str /", Result: "bytes", Raises: "OSError!", Repeats: true},
	{Name: "inet_ntoa", Args: "packed_ip:bytes /", Result: "str", Raises: "OSError!", Repeats: true},
	{Name: "inet_pton", Args: "family:int ip:str /", Result: "bytes", Raises: "OSError", Repeats: true},
	{Name: "inet_ntop", Args: "family:int packed:bytes /", Result: "str", Raises: "ValueError", Repeats: true},
	{Name: "CMSG_LEN", Args: "length:int /", Result: "int", Raises: "OverflowError", Repeats: true},
	{Name: "CMSG_SPACE", Args: "length:int /", Result: "int", Raises: "OverflowError", Repeats: true},
	{Name: "close", Args: "fd:any /", Raises: system, Labels: []string{"socket.close"}},
	{Name: "dup", Args: "fd:any /", Result: "fd", Raises: system, Labels: []string{"socket.dup"}},
	{Name: "getdefaulttimeout", Result: "float", Repeats: true},
	{Name: "setdefaulttimeout", Args: "timeout:float /", Raises: "ValueError OverflowError", Repeats: true},
	{Name: "gethostname", Result: "str", Repeats: true},
	{Name: "sethostname", Args: "name:name /", Raises: system, Repeats: true},
	{Name: "gethostbyname", Args: "hostname:str /", Result: "str", Raises: "gaierror UnicodeError", Repeats: true},
	{Name: "gethostbyname_ex", Args: "hostname:str /", Result: "str,list,list", Raises: "gaierror UnicodeError", Repeats: true},
	{Name: "gethostbyaddr", Args: "ip_address:str /", Result: "str,list,list", Raises: "herror gaierror UnicodeError", Repeats: true},
	{Name: "getaddrinfo", Args: "host:str port:any family?:flags type?:flags proto?:flags flags?:flags", Result: "[int,int,int,str,address]",
		Raises: "gaierror OSError! UnicodeError OverflowError", Repeats: true},
	{Name: "getnameinfo", Args: "sockaddr:address flags:flags /", Result: "str,str", Raises: "gaierror OSError! OverflowError", Repeats: true},
	{Name: "getfqdn", Args: "name?:str", Result: "str", Repeats: true},
	{Name: "getprotobyname", Args: "protocolname:str /", Result: "int", Raises: "OSError!", Repeats: true},
	{Name: "getservbyname", Args: "servicename:str protocolname?:str /", Result: "int", Raises: "OSError!", Repeats: true},
	{Name: "getservbyport", Args: "port:int protocolname?:str /", Result: "str", Raises: "OSError! OverflowError", Repeats: true},
	{Name: "if_nameindex", Result: "[int,str]", Repeats: true},
	{Name: "if_nametoindex", Args: "if_name:name /", Result: "int", Raises: "OSError!", Repeats: true},
	{Name: "if_indextoname", Args: "if_index:int /", Result: "str", Raises: "OSError OverflowError", Repeats: true},
	{Name: "has_dualstack_ipv6", Result: "bool", Repeats: true},
	{Name: "socketpair", Args: "family?:flags type?:any proto?:flags", Result: "socket,socket", Raises: "OSError", Repeats: true},
	{Name: "fromfd", Args: "fd:any family:int type:int proto?:flags", Result: "socket", Raises: "OSError", Repeats: true},
	{Name: "create_connection", Args: "address:address timeout?:float source_address?:address * all_errors?:bool", Result: "socket",
		Raises: "OSError ExceptionGroup TimeoutError gaierror ConnectionRefusedError",
		Except: map[string]string{"argument: address: a list is taken for a tuple": "Python takes any pair"}},
	{Name: "create_server", Args: "address:address * family?:any backlog?:any reuse_port?:bool dualstack_ipv6?:bool", Result: "socket",
		Raises: "OSError ValueError"},
	{Name: "send_fds", Args: "sock:any buffers:any fds:any flags?:any address?:any", Result: "int", Raises: waits,
		Except: map[string]string{"argument: flags is ignored": pythonIgnores, "argument: address is ignored": pythonIgnores}},
	{Name: "recv_fds", Args: "sock:any bufsize:int maxfds:int flags?:any", Result: "bytes,list,int,address", Raises: waits + " ValueError",
		Except: map[string]string{"argument: flags is ignored": pythonIgnores}},
	{Name: "socket.socket", Args: "family?:any type?:any proto?:any fileno?:any", Result: "socket", Raises: "OSError ValueError OverflowError", Repeats: true, Labels: []string{"socket.socket"}},
	{Name: "_socket.socket", Args: "family?:any type?:any proto?:any fileno?:any", Result: "socket", Raises: "OSError ValueError OverflowError", Repeats: true, Labels: []string{"SocketType"}},
}

// methods are those of sockets.
var methods = []audit.Callable{
	{Name: "socket.accept", Result: "socket,address", Raises: waits},
	{Name: "socket.bind", Args: "address:address /", Raises: "OSError OverflowError gaierror"},
	{Name: "socket.close", Raises: system, Repeats: true},
	{Name: "socket.connect", Args: "address:address /", Raises: "OSError BlockingIOError TimeoutError ConnectionRefusedError OverflowError gaierror"},
	{Name: "socket.connect_ex", Args: "address:address /", Result: "int", Raises: "OverflowError gaierror"},
	{Name: "socket.detach", Result: "int"},
	{Name: "socket.dup", Result: "socket", Raises: system, Repeats: true},
	{Name: "socket.fileno", Result: "int", Repeats: true},
	{Name: "socket.get_inheritable", Result: "bool", Raises: system, Repeats: true},
	{Name: "socket.set_inheritable", Args: "inheritable:bool", Raises: system, Repeats: true},
	{Name: "socket.getblocking", Result: "bool", Repeats: true},
	{Name: "socket.getpeername", Result: "address", Raises: system, Repeats: true},
	{Name: "socket.getsockname", Result: "address", Raises: system, Repeats: true},
	{Name: "socket.getsockopt", Args: "level:int option:int buffersize?:int /", Result: "option", Raises: "OSError", Repeats: true},
	{Name: "socket.setsockopt", Args: "level:int option:int value:value optlen?:int /", Raises: "OSError OverflowError", Repeats: true},
	{Name: "socket.gettimeout", Result: "float", Repeats: true},
	{Name: "socket.settimeout", Args: "timeout:float /", Raises: "ValueError OverflowError", Repeats: true},
	{Name: "socket.setblocking", Args: "flag:bool /", Repeats: true},
	{Name: "socket.listen", Args: "backlog?:int /", Raises: system + number, Repeats: true},
	{Name: "socket.shutdown", Args: "how:int /", Raises: system + number, Repeats: true},
	{Name: "socket.recv", Args: "bufsize:int flags?:flags /", Result: "bytes", Raises: waits + number + " ValueError"},
	{Name: "socket.recv_into", Args: "buffer:buffer nbytes?:flags flags?:flags", Result: "int", Raises: waits + " ValueError"},
	{Name: "socket.recvfrom", Args: "bufsize:int flags?:flags /", Result: "bytes,address", Raises: waits + number + " ValueError"},
	{Name: "socket.recvfrom_into", Args: "buffer:buffer nbytes?:flags flags?:flags", Result: "int,address", Raises: waits + " ValueError"},
	{Name: "socket.recvmsg", Args: "bufsize:int ancbufsize?:flags flags?:flags /", Result: "bytes,list,int,address", Raises: waits + " ValueError"},
	{Name: "socket.recvmsg_into", Args: "buffers:any ancbufsize?:flags flags?:flags /", Result: "int,list,int,address", Raises: waits + " ValueError"},
	{Name: "socket.send", Args: "data:bytes flags?:flags /", Result: "int", Raises: waits + " BrokenPipeError"},
	{Name: "socket.sendall", Args: "data:bytes flags?:flags /", Raises: waits + " BrokenPipeError"},
	{Name: "socket.sendto", Args: "data:bytes flags:any address:address /", Result: "int", Raises: waits + " gaierror OverflowError"},
	{Name: "socket.sendmsg", Args: "buffers:any ancdata?:any flags?:flags address?:address /", Result: "int", Raises: waits},
	{Name: "socket.sendmsg_afalg", Args: "msg?:any * op:any iv?:any assoclen?:any flags?:any", Result: "int", Raises: system},
	{Name: "socket.sendfile", Args: "file:any offset?:flags count?:any", Result: "int", Raises: "ValueError TimeoutError"},
	{Name: "socket.makefile", Args: "mode?:any buffering?:any * encoding?:any errors?:any newline?:any", Result: "any", Raises: "ValueError", Repeats: true},
	{Name: "socket.__enter__", Result: "any", Repeats: true},
	{Name: "socket.__exit__", Args: "args?:any", Repeats: true, Except: map[string]string{
		"argument: a surplus one is dropped":     pythonIgnores,
		"argument: args is ignored":              pythonIgnores,
		"argument: args is refused as a keyword": "Python refuses all of them",
	}},
	{Name: "socket.__getstate__", Raises: "TypeError", Fails: true},
	{Name: "socket.__repr__", Result: "str", Repeats: true},
}

// attributes are those of sockets.
var attributes = []audit.Callable{
	{Name: "socket.family", Result: "member", Attribute: true},
	{Name: "socket.type", Result: "member", Attribute: true},
	{Name: "socket.proto", Result: "int", Attribute: true},
	{Name: "socket.timeout", Result: "float", Attribute: true},
}
