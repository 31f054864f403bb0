package behaviour

import "time"

// A Behaviour is one documented fact about the module under test.
type Behaviour struct {
	ID       string // "connect.refused_connect_ex_returns_the_errno"
	Aliases  []string
	Sentence string // the docstring
	Area     string // the file's docstring
	Path     string // of the file, as it was given
	Line     int    // of the def

	Requires []Requirement
	Tags     []string
	See      []string
	Touches  []string // API names that the steps mention: "socket.inet_aton", "connect_ex"
	Steps    []Step
}

// A Step is one statement.
type Step struct {
	Text    string // exactly as written, dedented
	Line    int
	Reads   []string // names that it reads, apart from modules, observers and builtins
	Assigns []string // names that it binds
	Lasts   *Bounds  // from the lasts(…) that follows it
}

// Bounds limit how long a step may take.
type Bounds struct {
	Min, Max time.Duration
}

// A Requirement is one argument of requires(…).
type Requirement struct {
	// Capability is the text of a requirement that a subject's hello answers:
	// "ipv4", "family:vsock". Empty for a version requirement.
	Capability string
	// Op and Version are set for "python>=3.12": one of >=, >, <=, <, ==, !=.
	Op      string
	Version string
}
