package dnsserver

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/miekg/dns"
)

// Zones are the records that the server answers from, by their lower-case owner
// names and in the order of the files.
type Zones struct {
	records map[string][]dns.RR
	// parents are names that exist only because names below them do.
	parents map[string]bool
	soas    map[string]*dns.SOA
}

// ReadZones reads every *.zone file of a directory as a master file. Each must
// set its $ORIGIN and begin with the zone's SOA.
func ReadZones(dir fs.FS) (*Zones, error) {
	names, err := fs.Glob(dir, "*.zone")
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, errors.New("no *.zone file")
	}
	z := &Zones{records: map[string][]dns.RR{}, parents: map[string]bool{}, soas: map[string]*dns.SOA{}}
	for _, name := range names {
		if err := z.read(dir, name); err != nil {
			return nil, err
		}
	}
	return z, nil
}

func (z *Zones) read(dir fs.FS, name string) error {
	file, err := dir.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // it was only read
	parser := dns.NewZoneParser(file, "", name)
	origin := ""
	for rr, ok := parser.Next(); ok; rr, ok = parser.Next() {
		owner := strings.ToLower(rr.Header().Name)
		if origin == "" {
			soa, isSOA := rr.(*dns.SOA)
			if !isSOA {
				return fmt.Errorf("%s: begins with %s, not with the zone's SOA", name, dns.TypeToString[rr.Header().Rrtype])
			}
			if z.soas[owner] != nil {
				return fmt.Errorf("%s: a second zone %s", name, owner)
			}
			origin, z.soas[owner] = owner, soa
		}
		if !dns.IsSubDomain(origin, owner) {
			return fmt.Errorf("%s: %s is not in the zone %s", name, owner, origin)
		}
		z.records[owner] = append(z.records[owner], rr)
		for parent := owner; parent != origin; {
			parent = above(parent)
			z.parents[parent] = true
		}
	}
	if err := parser.Err(); err != nil {
		return err
	}
	if origin == "" {
		return fmt.Errorf("%s: an empty zone", name)
	}
	return nil
}

// above returns the name without its first label.
func above(name string) string {
	if at, end := dns.NextLabel(name, 0); !end {
		return name[at:]
	}
	return "."
}

// zone returns the SOA of the zone that a name falls in, or nil.
func (z *Zones) zone(name string) *dns.SOA {
	for {
		if soa := z.soas[name]; soa != nil {
			return soa
		}
		if name == "." {
			return nil
		}
		name = above(name)
	}
}

// at returns the records of a name, taking wildcards into account, and whether
// the name exists.
func (z *Zones) at(name string) (records []dns.RR, exists bool) {
	if records, ok := z.records[name]; ok {
		return records, true
	}
	if z.parents[name] {
		return nil, true
	}
	// The closest existing name above decides: only a wildcard right below it
	// stands for this one.
	for parent := name; parent != "."; {
		parent = above(parent)
		wildcard := "*." + parent
		if parent == "." {
			wildcard = "*."
		}
		if records, ok := z.records[wildcard]; ok {
			return records, true
		}
		if z.records[parent] != nil || z.parents[parent] {
			break
		}
	}
	return nil, false
}

// maxAliases bounds a chain of CNAMEs, which may be a circle.
const maxAliases = 8

// Answer fills a reply to a question: the records asked for, behind the aliases
// that lead to them, or what says that there are none. Owner names are written as
// they were asked for.
func (z *Zones) Answer(reply *dns.Msg, q dns.Question) {
	owner := q.Name
	for range maxAliases {
		name := strings.ToLower(owner)
		soa := z.zone(name)
		if soa == nil {
			reply.Rcode = dns.RcodeRefused
			return
		}
		records, exists := z.at(name)
		if !exists {
			reply.Rcode = dns.RcodeNameError
			reply.Ns = []dns.RR{soa}
			return
		}
		var alias *dns.CNAME
		found := false
		for _, rr := range records {
			kind := rr.Header().Rrtype
			cname, isAlias := rr.(*dns.CNAME)
			if kind == q.Qtype || q.Qtype == dns.TypeANY || isAlias {
				reply.Answer = append(reply.Answer, ownedBy(rr, owner))
				found = true
			}
			if isAlias && q.Qtype != dns.TypeCNAME && q.Qtype != dns.TypeANY {
				alias = cname
			}
		}
		if alias == nil {
			if !found {
				reply.Ns = []dns.RR{soa}
			}
			return
		}
		if slices.ContainsFunc(reply.Answer[:len(reply.Answer)-1], func(rr dns.RR) bool {
			return strings.EqualFold(rr.Header().Name, alias.Target)
		}) {
			return // a circle
		}
		owner = alias.Target
	}
}

func ownedBy(rr dns.RR, owner string) dns.RR {
	copied := dns.Copy(rr)
	copied.Header().Name = owner
	return copied
}
