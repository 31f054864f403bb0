package dnsserver

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/miekg/dns"
)

// A Fault is a way to misbehave.
type Fault string

// The faults.
const (
	ServFail Fault = "servfail" // answer SERVFAIL
	Refused  Fault = "refused"  // answer REFUSED
	FormErr  Fault = "formerr"  // answer FORMERR
	NotImp   Fault = "notimp"   // answer NOTIMP
	Silent   Fault = "silent"   // do not answer
	Truncate Fault = "truncate" // over UDP answer nothing but "truncated"
	Garbage  Fault = "garbage"  // answer octets that are no message
)

// rcodes are the faults that are nothing but a response code.
var rcodes = map[Fault]int{
	ServFail: dns.RcodeServerFailure,
	Refused:  dns.RcodeRefused,
	FormErr:  dns.RcodeFormatError,
	NotImp:   dns.RcodeNotImplemented,
}

// ReadFaults reads lines of a name and its fault. What follows a # is a comment.
func ReadFaults(r io.Reader) (map[string]Fault, error) {
	faults := map[string]Fault{}
	lines := bufio.NewScanner(r)
	for number := 1; lines.Scan(); number++ {
		line, _, _ := strings.Cut(lines.Text(), "#")
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		if len(words) != 2 || !dns.IsFqdn(words[0]) {
			return nil, fmt.Errorf("line %d: want a name that ends in a dot, and a fault", number)
		}
		fault := Fault(words[1])
		if _, isCode := rcodes[fault]; !isCode && fault != Silent && fault != Truncate && fault != Garbage {
			return nil, fmt.Errorf("line %d: unknown fault %q", number, fault)
		}
		faults[strings.ToLower(words[0])] = fault
	}
	return faults, lines.Err()
}
