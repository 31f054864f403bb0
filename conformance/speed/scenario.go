package speed

// The lanes: who is measured.
const (
	Port    = "socket"  // impl/socket
	Net     = "net"     // Go's net
	CPython = "cpython" // CPython's socket module
)

// A Scenario is something to be measured in every lane.
type Scenario struct {
	Name    string   `json:"name"`
	Title   string   `json:"title"`
	Unit    string   `json:"unit"` // "ns" for an operation, "B" for memory
	Targets []Target `json:"-"`
}

// A Target is what the port is to reach.
type Target struct {
	Against string  // a lane, or best for the fastest one
	Ratio   float64 // of the port to that, at most; 0 if it is Bytes
	Bytes   float64 // at most
}

const best = "best"

var echoTargets = []Target{{Against: Net, Ratio: 1.1}, {Against: CPython, Ratio: 1.0 / 3}}

// Scenarios are what Run measures. Their names are the workers' too.
var Scenarios = []Scenario{
	{"tcp_echo", "TCP echo of one byte", "ns", echoTargets},
	{"unix_echo", "AF_UNIX echo of one byte", "ns", echoTargets},
	{"udp_echo", "UDP echo of one byte", "ns", echoTargets},
	{"tcp_bulk", "TCP, a piece of 64 KiB", "ns", []Target{{Against: best, Ratio: 1.1}}},
	{"connect", "connect, accept, close", "ns", []Target{{Against: Net, Ratio: 1}, {Against: CPython, Ratio: 1}}},
	{"getaddrinfo_literal", "getaddrinfo of a literal", "ns", nil},
	{"getaddrinfo_hosts", "getaddrinfo of a hosts name", "ns", nil},
	{memoryScenario, "memory of a receiver that waits", "B", []Target{{Bytes: 8 << 10}}},
}

const (
	memoryScenario = "memory"

	piece     = 64 << 10
	receivers = 500 // a thread each in CPython; containers allow 1024
)
