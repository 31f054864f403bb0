// Package socket is Python's socket module for Go: the same calls, the same
// modes, the same exceptions, as CPython has them on Linux.
//
//	s, err := socket.New(socket.AF_INET, socket.SOCK_STREAM, 0)
//	err = s.SetTimeout(socket.Timeout(5 * time.Second))
//	err = s.Connect(socket.Inet4{Host: "example.org", Port: 80})
//	err = s.SendAll([]byte("GET / HTTP/1.0\r\n\r\n"), 0)
//	data, err := s.Recv(4096, 0)
//
// # Modes
//
// A socket's timeout decides how its calls wait, as in Python:
//
//	SetTimeout     descriptor    a call that cannot proceed
//	None           blocking      waits; SO_RCVTIMEO and SO_SNDTIMEO end it with EAGAIN
//	NonBlocking    non-blocking  fails with BlockingIOError
//	any other      non-blocking  waits, and fails with TimeoutError
//
// A call that waits parks its goroutine and holds no thread. It cannot be told
// from CPython's by looking at the descriptor: O_NONBLOCK stays clear with None,
// so a process or thread that shares the descriptor sees what it would see, and
// one that sets the flag has its effect. A blocking Send returns when
// everything is sent, MSG_WAITALL and SO_RCVLOWAT wait for as much as they ask
// for, and a timeout is polled for before the call, where the order matters.
// Each call has a deadline of its own, rounded up to a millisecond; SendAll has
// one for all of its parts.
//
// A descriptor that nobody has asked for, by Fileno, Dup, Detach or
// SetInheritable, is nobody's business: it is O_NONBLOCK until then, which saves
// system calls.
//
// Four things differ where it is shared, because no system call offers them:
//
//   - Connect on a blocking descriptor sets O_NONBLOCK for the time of the
//     system call, some microseconds, and clears it before it waits.
//   - SendFile on a blocking descriptor does so, too.
//   - Accept on a blocking descriptor holds a thread if another process takes
//     the connection that it was woken for.
//   - With no descriptors left (EMFILE) calls wait in the kernel, 64 of them in a
//     thread each, while the others look ten times a second; and an Accept that waits
//     already hears of it only with a connection.
//
// A change of SO_RCVTIMEO or SO_SNDTIMEO has its effect if it is made through
// this package, or before the descriptor came to it.
//
// A socket that had to wait has an epoll descriptor to itself until it is
// closed, one for each direction. The process keeps up to 64 of them for the next.
//
// # Closing
//
// Close does not wake the calls that wait, as it does not in CPython. One
// without a timeout goes on and may still receive; one with a timeout fails with
// EBADF when it wakes up, at the latest when its time is over. Shutdown wakes
// them. A socket that became unreachable is closed by the garbage collector, and
// [Module] can be told of it: Python issues a ResourceWarning then. A program sets
// the Unclosed of [Default] for that.
//
// # Files
//
// Makefile lays Python's files over a socket: raw, buffered, and text in any of
// the common encodings. They are [io.Reader]s and [io.Writer]s, whose Read ends in
// [io.EOF]; the methods with Python's names return nothing at the end of the stream, as
// Recv does. A socket that is closed while files are open closes with the last one;
// a file that became unreachable is flushed and closed by the garbage collector.
// SendFile sends a file of the system, by sendfile(2) where that is possible.
//
// # Texts
//
// Python's str is a Go string of UTF-8, in which a lone surrogate, should there be one, is
// the three bytes that UTF-8 would have for it: no name has such, and it fails with
// UnicodeEncodeError. A string of other bytes that are no UTF-8 is what Python has bytes
// for. Names of hosts of that kind are looked up as they are, and paths are bytes always.
//
// # Zero values
//
// Nil and the zero value of a Socket and of a file are closed ones, as those of net and os
// are: their calls fail with EBADF, and with ValueError. But no family is theirs, so that a
// Socket's calls that take or return an address fail with OSError for that, as those of a
// socket object do that Python has not initialised. A nil [Module] is the package's own.
// Nil in place of a function or of an object is what None is in Python.
//
// # Bridges to Go's net
//
//	Socket.Conn, Listener, PacketConn         the socket becomes that, and is closed
//	FromConn, FromListener, FromPacketConn    that becomes a Socket, and is closed
//	Socket.File, FromFile                     a duplicate: both stay open
//
// One that fails leaves everything as it was. Timeouts do not come along: a
// net.Conn starts without a deadline, a Socket with the default timeout.
//
// # Errors
//
// Every error is a [*pyerr.Error], which is a Python exception, but for the
// group of CreateConnection's AllErrors, and for what the reader that SendFile is
// given fails with.
//
//	errors.Is(err, pyerr.TimeoutError)      except TimeoutError
//	errors.Is(err, pyerr.OSError)           except OSError, and so socket.error
//	errors.Is(err, pyerr.Gaierror)          except socket.gaierror
//	errors.Is(err, pyerr.Herror)            except socket.herror
//	errors.Is(err, syscall.ECONNREFUSED)    if e.errno == errno.ECONNREFUSED
//	errors.Is(err, os.ErrDeadlineExceeded)  a timeout, to Go code
//	errors.Is(err, net.ErrClosed)           EBADF, which is a closed socket
//
// What Python raises for arguments of a wrong type, Go's compiler says; values
// out of range are OverflowError and ValueError as in Python.
//
// # For programs that embed Python
//
// Some names are for those who put Python code on top of this package, which may look
// at more than Go code does, and are nothing that a ported program needs: Module.Blank,
// Forked, Given, Thread, ConnectAny and RawSocketPair, its fields Waiting, Glibc,
// ExactHErrno and EncodedHosts; Socket.Init, InitFileno, Renew, RawAccept, RealClose,
// SetClosed, HoldFile, ReleaseFile, SetOpenFiles, AwaitRoom, CheckAfAlg, SendMsgOf,
// SendFrom, SendFileFD, SendFileOnce and Value; SocketIO.Can, CheckRead, CheckWrite,
// SetTimedOut, NewSocketIOOver, Endpoint; Closing and SetNonblock.
//
// # Elsewhere than on Linux
//
// The package compiles, and what needs the system fails with an OSError of ENOSYS
// that is [errors.ErrUnsupported] and says so. Conversions such as Htons and
// InetPton work. Socket.Ioctl, Share and FromShare exist on Windows alone, as
// socket.ioctl, share and fromshare do in Python, and fail in the same way.
//
// # Index
//
// Where Python's names are:
//
//	socket.socket(), fileno=              New, FromFileno                 socket.go
//	fromfd, dup, socketpair               FromFD, Dup, SocketPair         dup.go, pair.go
//	create_connection                     CreateConnection                create_connection.go
//	create_server                         CreateServer                    create_server.go
//	getdefaulttimeout, setdefaulttimeout  GetDefaultTimeout, …            module.go
//	sys.addaudithook                      AddAuditHook                    hook.go
//	ResourceWarning                       Default                         module.go
//	close                                 Close                           socket.go
//	htons, ntohs, htonl, ntohl            Htons, Ntohs, Htonl, Ntohl      byteorder.go
//	inet_aton, inet_ntoa                  InetAton, InetNtoa              inet.go
//	inet_pton, inet_ntop                  InetPton, InetNtop              inet.go
//	getaddrinfo, getnameinfo              GetAddrInfo, GetNameInfo        getaddrinfo.go, getnameinfo.go
//	gethostname, sethostname              GetHostName, SetHostName        hosts.go
//	gethostbyname, gethostbyname_ex       GetHostByName, GetHostByNameEx  hosts.go
//	gethostbyaddr, getfqdn                GetHostByAddr, GetFQDN          hosts.go
//	getservbyname, getservbyport          GetServByName, GetServByPort    services.go
//	getprotobyname                        GetProtoByName                  services.go
//	if_nameindex                          IfNameIndex                     interfaces.go
//	if_nametoindex, if_indextoname        IfNameToIndex, IfIndexToName    interfaces.go
//	has_ipv6, has_dualstack_ipv6          HasIPv6, HasDualStackIPv6       dualstack.go
//	send_fds, recv_fds                    SendFDs, RecvFDs                fds.go
//	CMSG_LEN, CMSG_SPACE                  CmsgLen, CmsgSpace              message.go
//	AF_INET, SO_BINDTODEVICE, …           AF_INET, SO_BINDTODEVICE, …     constants.go, constants_table.go
//	(host, port), paths                   Inet4, Inet6, Unix              address.go
//	addresses of AF_NETLINK, AF_PACKET    Netlink, Packet                 netlink.go, packet.go
//	addresses of AF_VSOCK, AF_ALG         Vsock, Alg                      vsock.go, alg.go
//	addresses of AF_CAN                   CAN, CANISOTP, J1939            can.go
//	addresses of AF_BLUETOOTH             L2CAP, RFCOMM, HCI, SCO         bluetooth.go
//	addresses of AF_TIPC, AF_QIPCRTR      TIPC, Qipcrtr                   tipc.go, qipcrtr.go
//	(cmsg_level, cmsg_type, cmsg_data)    Ancillary, Rights               message.go
//	.accept                               Socket.Accept                   accept.go
//	.bind, .listen                        Socket.Bind, Socket.Listen      bind.go, listen.go
//	.close, .detach, .fileno              Socket.Close, Detach, Fileno    socket.go
//	.connect, .connect_ex                 Socket.Connect, ConnectEx       connect.go
//	.dup                                  Socket.Dup                      dup.go
//	.get_inheritable, .set_inheritable    GetInheritable, SetInheritable  dup.go
//	.family, .type, .proto                Socket.Family, Type, Proto      socket.go
//	.getsockname, .getpeername            Socket.GetSockName, GetPeerName name.go
//	.getsockopt, .setsockopt              Socket.GetSockOpt, SetSockOpt   option.go
//	.recv, .recv_into                     Socket.Recv, RecvInto           recv.go
//	.recvfrom, .recvfrom_into             Socket.RecvFrom, RecvFromInto   recv.go
//	.recvmsg, .recvmsg_into               Socket.RecvMsg, RecvMsgInto     recvmsg.go
//	.send, .sendto                        Socket.Send, SendTo             send.go
//	.sendall                              Socket.SendAll                  sendall.go
//	.sendmsg                              Socket.SendMsg                  sendmsg.go
//	.sendmsg_afalg                        Socket.SendMsgAfAlg             alg.go
//	.settimeout, .gettimeout, .timeout    Socket.SetTimeout, GetTimeout   mode.go, timeout.go
//	.setblocking, .getblocking            Socket.SetBlocking, GetBlocking mode.go
//	.shutdown                             Socket.Shutdown                 shutdown.go
//	.makefile                             Socket.Makefile, MakeReader, …  makefile.go
//	SocketIO                              SocketIO, NewSocketIO           socketio.go
//	io.BufferedReader, io.BufferedWriter  BufferedReader, BufferedWriter  buffered.go
//	io.BufferedRWPair                     BufferedRWPair                  buffered.go
//	io.TextIOWrapper                      TextIOWrapper                   textfile.go
//	their readable, writable, isatty, …   Readable, Writable, IsATTY, …   filestate.go
//	their readlines, writelines, __iter__ ReadLines, WriteLines, Lines    filelines.go
//	.sendfile                             Socket.SendFile                 sendfile.go
//	._io_refs, ._decref_socketios         Socket.OpenFiles, ReleaseFile   socket.go
//	.__repr__                             Socket.String                   repr.go
//	.ioctl, .share, fromshare             Ioctl, Share, FromShare         share_windows.go
//	to and from net and os                Socket.Conn, FromConn, …        bridge.go
//
// The classes error, herror, gaierror and timeout are those of package pyerr, see
// Errors. SocketType is Socket. What Python has as the enums AddressFamily, SocketKind,
// MsgFlag and AddressInfo are numbers here. In place of with there is defer, and nothing
// in place of pickling, which Python refuses.
package socket
