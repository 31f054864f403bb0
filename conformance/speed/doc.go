// Package speed measures what a call costs: impl/socket, Go's net and CPython in
// turn, in one run.
//
// A worker is a process that measures for one or two of them: [Serve] for the
// two in Go, bench.py for CPython, which speak the same lines over their standard
// streams. [Run] opens a scenario in all of them, finds out how often each has to
// do it to fill a slice of time, and then lets them take turns, a slice each, in
// another order every round. So whatever else the machine does falls on all alike,
// and what is reported is the ratio of two neighbouring slices: its median, and
// the quartiles as its spread. A ratio says more than a time on a machine with
// other work, and the spread says how much.
//
// Memory is the resident memory of the process for each of many receivers that
// wait. What the kernel keeps for a socket is not in it.
//
// One target is out of a library's reach on a machine whose threads wake up fast: an
// echo in a third of CPython's time. Where net took 25.6 µs, impl/socket 26.7 and
// CPython 34.8 for a round trip of one byte over TCP, 82 % of impl/socket's time was the
// kernel's, and 85 % of net's (perf record -e task-clock on BenchmarkEcho, Linux, two
// cores): 22 µs, twice the third, for two sends, four receives, of which two find
// nothing, and three waits.
//
// To connect, accept and close takes a little less time than CPython needs: 88 % of it is
// the kernel's (perf record on 100,000 rounds), which is asked six times by either:
// CPython asks an accepted socket for its name, impl/socket a connection under way
// for its end. What is left is some two microseconds, so the ratio stays between 0.9 and
// 1, and one run's median may be above 1 on a machine with other work.
//
// An echo over AF_UNIX, the cheapest, shows most of what a wait costs: 9.2 µs where net
// took 8.1. Half a microsecond of that is impl/socket's own, 22.6 % of the time where net
// has 18.0 % (perf record -e task-clock on such an echo), and the rest is the kernel's, for
// the epoll instance of the wait. On TCP a wait also asks whether it is at urgent data,
// where the kernel answers a thread with a signal pending that there is nothing: without
// that an echo took 1.07 of net's time, with it 1.13.
//
// CPython's echo has two costs, several times apart: both threads on one processor, or each
// on its own, which then has to be woken. Other work on the machine decides which it is,
// and with it whether the port is three times as fast.
//
// Go's net sets TCP_NODELAY, as Python does not; the connections of the other two have it
// here, too, because without it the last bytes of a piece of 64 KiB wait for an
// acknowledgement. Such a piece takes any of the three between 10 and 50 µs, as the kernel
// happens to wake the receiver: 28 % of the time is one processor's waking the other, in
// both Go libraries (perf record on 100,000 pieces: 38.7 µs, and net's 37.4). One run's
// ratio is between 0.9 and 1.2.
package speed
