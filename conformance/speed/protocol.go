package speed

// A request to a worker, and its answer: one line of JSON each.
type request struct {
	Op       string `json:"op"`             // open, run, close
	Lane     string `json:"lane,omitempty"` // of open
	Scenario string `json:"scenario,omitempty"`
	N        int    `json:"n,omitempty"`    // of run: how many operations
	Host     string `json:"host,omitempty"` // of open: a name in the hosts file
}

type answer struct {
	// Value is the time that run took, in ns, or what one receiver needs, in bytes.
	Value int64  `json:"value"`
	Error string `json:"error,omitempty"`
}

const (
	opOpen  = "open"
	opRun   = "run"
	opClose = "close"
)
