package behaviour

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A Requirement is one argument of requires(…).
type Requirement struct {
	// Capability is the text of a requirement that a subject's hello answers:
	// "ipv4", "family:vsock". Empty for a version requirement.
	Capability string
	// Op and Version are set for "python>=3.12": one of >=, >, <=, <, ==, !=.
	Op      string
	Version string
}

// String is the requirement as its author wrote it, without spaces.
func (r Requirement) String() string {
	if r.Capability != "" {
		return r.Capability
	}
	return "python" + r.Op + r.Version
}

// capabilities are what requires(…) accepts besides families and versions. A
// subject has memory if its process goes on when it gets no more: a limit on it
// is an exception there, and the end of a Go program.
var capabilities = []string{"container", "ipv4", "ipv6", "memory", "root"}

// families are the address families that requires("family:NAME") accepts: the
// AF_ constants that Python has on Linux, in lower case.
var families = []string{
	"alg", "bluetooth", "can", "inet", "inet6", "netlink", "packet", "qipcrtr", "rds", "tipc", "unix", "vsock",
}

var versionRequirement = regexp.MustCompile(`^python\s*(>=|<=|==|!=|>|<)\s*(\d{1,4}\.\d{1,4})$`)

// ParseRequirement reads an argument of requires(…). The error says what is
// accepted.
func ParseRequirement(text string) (Requirement, error) {
	text = strings.TrimSpace(text)
	if slices.Contains(capabilities, text) {
		return Requirement{Capability: text}, nil
	}
	if family, ok := strings.CutPrefix(text, "family:"); ok {
		if slices.Contains(families, family) {
			return Requirement{Capability: text}, nil
		}
		return Requirement{}, fmt.Errorf("unknown address family %q: use one of %s", family, strings.Join(families, ", "))
	}
	if m := versionRequirement.FindStringSubmatch(text); m != nil {
		return Requirement{Op: m[1], Version: m[2]}, nil
	}
	if strings.HasPrefix(text, "python") {
		return Requirement{}, fmt.Errorf(`%q is not a version requirement: write one like "python>=3.12", with a major and a minor number`, text)
	}
	return Requirement{}, fmt.Errorf(`unknown capability %q: use one of %s, "family:NAME" or "python>=3.12"`,
		text, strings.Join(capabilities, ", "))
}

// Met reports whether a subject with these capabilities, which behaves like
// this Python ("3.13"; anything after the minor number is ignored), meets the
// requirement. If not, reason is a phrase that completes "unsupported: ".
func (r Requirement) Met(capabilities []string, python string) (ok bool, reason string) {
	if r.Capability != "" {
		if slices.Contains(capabilities, r.Capability) {
			return true, ""
		}
		return false, "needs " + r.Capability
	}
	got, ok := majorMinor(python)
	if !ok {
		return false, fmt.Sprintf("needs %s, and %q is not a version of Python", r, python)
	}
	want, ok := majorMinor(r.Version)
	if !ok {
		return false, fmt.Sprintf("needs %s, and %q is not a version of Python", r, r.Version)
	}
	if compareOp(r.Op, slices.Compare(got[:], want[:])) {
		return true, ""
	}
	return false, fmt.Sprintf("needs %s, this is %s", r, python)
}

func compareOp(op string, order int) bool {
	switch op {
	case ">=":
		return order >= 0
	case ">":
		return order > 0
	case "<=":
		return order <= 0
	case "<":
		return order < 0
	case "==":
		return order == 0
	case "!=":
		return order != 0
	}
	return false
}

func majorMinor(version string) (numbers [2]int, ok bool) {
	parts := strings.Split(version, ".")
	if len(parts) < 2 {
		return numbers, false
	}
	for i := range numbers {
		n, err := strconv.Atoi(parts[i])
		if err != nil || n < 0 {
			return numbers, false
		}
		numbers[i] = n
	}
	return numbers, true
}
