// Package pysocket is Python's socket module as Python code sees it: impl/socket
// bound for Starlark through pycall.
//
// [Module] makes a module for one Python version. Each module has a state of its
// own, as each import in a fresh interpreter does: the default timeout, the
// classes, the enums.
//
// One concept is one file, as in impl/socket, and a file's table says which
// functions it defines and how each takes its arguments:
//
//	byteorder.go inet.go                  htons, inet_aton, …
//	init.go pair.go                       socket(), socketpair, fromfd
//	bind.go accept.go connect.go          methods of sockets
//	recv.go send.go message.go afalg.go
//	sockopt.go mode.go
//	fds.go                                send_fds, recv_fds
//	name.go close.go dup.go
//	create_connection.go create_server.go
//	getaddrinfo.go getnameinfo.go         names and services
//	hosts.go services.go
//	interfaces.go dualstack.go            if_nameindex, has_dualstack_ipv6, …
//	address.go idna.go                    address arguments, names of hosts
//	address_families.go                   address arguments of the other families
//	address_bluetooth.go
//	address_value.go                      addresses as results
//	socketio.go makefile.go               SocketIO, makefile and the close that it defers
//	sendfile.go                           sendfile
//	class.go descriptor.go object.go      the classes and their instances
//	repr.go unclosed.go specials.go       special methods, refusal to pickle
//	constants.go                          constants and enums, data of each Python
//	hook.go                               auditing events as Python code sees them
//	names.go internals.go                 what dir() lists; names that are no API
//	errors.go                             the only place where Go errors become exceptions
//
// Names of Python's module that are not bound are absent, so that asking for one
// is an AttributeError and never a wrong answer.
package pysocket
