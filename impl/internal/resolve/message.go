package resolve

import (
	"encoding/binary"
	"math/rand/v2"

	"golang.org/x/net/dns/dnsmessage"
)

// ednsSize is the size of datagrams that glibc says it takes, under resolv.conf's "edns0".
const ednsSize = 1200

// headerLen is the length of a DNS message's header, the least that a response can be.
const headerLen = 12

// query is a message that asks for records of one type.
type query struct {
	id     uint16
	name   dnsmessage.Name
	qtype  dnsmessage.Type
	packet []byte
}

// newQuery builds a recursive query with a random id; ok is false if name cannot be asked for.
func newQuery(name string, qtype dnsmessage.Type, conf *resolvConf) (q query, ok bool) {
	packed, ok := dnsName(name)
	if !ok {
		return query{}, false
	}
	q = query{id: uint16(rand.Uint32()), name: packed, qtype: qtype}
	message := dnsmessage.Message{
		Header:    dnsmessage.Header{ID: q.id, RecursionDesired: true, AuthenticData: conf.trustAD},
		Questions: []dnsmessage.Question{{Name: packed, Type: qtype, Class: dnsmessage.ClassINET}},
	}
	if conf.edns0 {
		option := dnsmessage.Resource{Body: new(dnsmessage.OPTResource)}
		option.Header.Name = dnsmessage.MustNewName(".")
		if err := option.Header.SetEDNS0(ednsSize, dnsmessage.RCodeSuccess, false); err != nil {
			return query{}, false
		}
		message.Additionals = []dnsmessage.Resource{option}
	}
	packet, err := message.Pack()
	q.packet = packet
	return q, err == nil
}

// response is a message of at least a header.
type response []byte

func (m response) id() uint16              { return binary.BigEndian.Uint16(m) }
func (m response) questions() int          { return int(binary.BigEndian.Uint16(m[4:])) }
func (m response) answers() int            { return int(binary.BigEndian.Uint16(m[6:])) }
func (m response) additionals() int        { return int(binary.BigEndian.Uint16(m[10:])) }
func (m response) rcode() dnsmessage.RCode { return dnsmessage.RCode(m[3] & 0xf) }
func (m response) authoritative() bool     { return m[2]&0x04 != 0 }
func (m response) truncated() bool         { return m[2]&0x02 != 0 }
func (m response) recursive() bool         { return m[3]&0x80 != 0 }

// empty tells of a response that answers nothing.
func (m response) empty() bool { return m.rcode() != dnsmessage.RCodeSuccess || m.answers() == 0 }

// serverError tells of an error that another server may not have.
func (m response) serverError() bool {
	switch m.rcode() {
	case dnsmessage.RCodeServerFailure, dnsmessage.RCodeNotImplemented, dnsmessage.RCodeRefused:
		return true
	}
	return false
}

// useless is serverError, or success without anything in it (send_dg in resolv/res_send.c).
func (m response) useless() bool {
	return m.serverError() ||
		m.rcode() == dnsmessage.RCodeSuccess && m.answers() == 0 && !m.authoritative() && !m.recursive() && m.additionals() == 0
}

// matches tells whether the message answers the query: by its id and its question. Some servers
// refuse with a bare header. As in glibc, a question that cannot be read is no other question, so that
// the message counts as the answer, and as a bad one.
func (m response) matches(q *query) bool {
	if m.id() != q.id {
		return false
	}
	if len(m) == headerLen && m.questions() == 0 && m.serverError() {
		return true
	}
	if m.questions() != 1 {
		return false
	}
	var parser dnsmessage.Parser
	if _, err := parser.Start(m); err != nil {
		return false
	}
	question, err := parser.Question()
	if err != nil {
		return true
	}
	return sameName(question.Name, q.name) && question.Type == q.qtype && question.Class == dnsmessage.ClassINET
}

// sameName is ns_samebinaryname.
func sameName(a, b dnsmessage.Name) bool { return equalFold(a.String(), b.String()) }
