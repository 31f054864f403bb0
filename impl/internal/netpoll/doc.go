// Package netpoll waits on socket descriptors without holding a thread and
// without taking them over.
//
// CPython's socket calls block in the kernel, one thread each, on a descriptor
// whose O_NONBLOCK flag every holder of a duplicate can see, that anyone may
// close, and whose timeout belongs to the call and not to the socket. Go's
// poller parks goroutines, but through [os.File], which wants O_NONBLOCK, owns
// its descriptor, and has one deadline for each direction.
//
// Here each waiting call has an epoll instance of its own, and it is the epoll
// descriptor that Go's poller watches:
//
//	socket ──registered in──▶ epoll instance ──os.File──▶ Go's poller ──▶ goroutine
//
// So a wait has its own deadline, any number of goroutines wait on one socket,
// the socket's flags stay as they are, closing and detaching stay with the
// caller, and no duplicate holds back the end of the stream. An instance stays
// with the socket that it last waited for, one for each direction, so that a
// wait costs no further system call; what is left over is pooled.
//
// The price is one descriptor for each socket that has had to wait. Measured as
// a round trip of one byte over loopback TCP on two cores, with Go's net package
// as 1, this design takes 1.1, and a little more with a timeout, for which CPython polls
// before it sends and receives (BenchmarkEcho in impl/socket). The alternatives: the
// descriptor itself in an os.File 1.0, but see above; one epoll instance for all
// sockets, served by a goroutine that wakes the others, 1.5, because each
// wake-up passes through two goroutines; blocking in a thread about 4.
//
// The kernel keeps a description alive while a call is blocked on it. Close
// does the same here: calls that are parked go on waiting, on a private
// duplicate, as long as they would in CPython. Closing is for who closes a descriptor
// by its number.
package netpoll
