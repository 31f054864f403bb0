package resolve

import "slices"

// pending are the queries of an exchange and what has come for them. A query can be done without a
// response, if the server failed it.
type pending struct {
	queries []query
	done    []bool
	got     []response
}

func newPending(queries []query) *pending {
	return &pending{queries: queries, done: make([]bool, len(queries)), got: make([]response, len(queries))}
}

// packets are those to send at the start.
func (p *pending) packets(mode pairing) [][]byte {
	count := len(p.queries)
	if mode != pairParallel {
		count = 1
	}
	var list [][]byte
	for _, q := range p.queries[:count] {
		list = append(list, q.packet)
	}
	return list
}

// match finds the open query that the message answers, -1 if there is none.
func (p *pending) match(m response) int {
	for i := range p.queries {
		if !p.done[i] && m.matches(&p.queries[i]) {
			return i
		}
	}
	return -1
}

// matchID is match by the id alone, which is enough on a connection.
func (p *pending) matchID(m response) int {
	for i := range p.queries {
		if !p.done[i] && m.id() == p.queries[i].id {
			return i
		}
	}
	return -1
}

func (p *pending) anyDone() bool { return slices.Contains(p.done, true) }

func (p *pending) allDone() bool { return !slices.Contains(p.done, false) }

func (p *pending) hasResponse() bool { return len(p.responses()) > 0 }

func (p *pending) responses() []response {
	return slices.DeleteFunc(slices.Clone(p.got), func(m response) bool { return m == nil })
}
