//go:build linux

package resolve

import (
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"
)

// serveDNSVar makes the test binary the DNS server of the golden files, on the address that it holds:
// testdata/record.py runs it beside the C library.
const serveDNSVar = "RESOLVE_TEST_SERVE_DNS"

func TestMain(m *testing.M) {
	if addr := os.Getenv(serveDNSVar); addr != "" {
		server, err := listenZone(addr)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Println("serving", addr)
		server.serve()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// zoneRecords are what the server knows. Beside that, the first label of a name can ask for a fault:
// see zoneServer.answer.
//
//nolint:dupword // a record's owner can be the target of the one before
const zoneRecords = `
a.example.test.         5 IN A 192.0.2.1
a.example.test.         5 IN A 192.0.2.2
aaaa.example.test.      5 IN AAAA 2001:db8::1
both.example.test.      5 IN A 192.0.2.3
both.example.test.      5 IN AAAA 2001:db8::3
cname.example.test.     5 IN CNAME both.example.test.
cname2.example.test.    5 IN CNAME cname.example.test.
cname6.example.test.    5 IN CNAME aaaa.example.test.
dangling.example.test.  5 IN CNAME nx.example.test.
loop.example.test.      5 IN CNAME loop.example.test.
txt.example.test.       5 IN TXT x
badcname.example.test.  5 IN CNAME bad\032name.example.test.
bad\032name.example.test. 5 IN CNAME both.example.test.
badend.example.test.    5 IN CNAME worse\032name.example.test.
worse\032name.example.test. 5 IN A 192.0.2.9
worse\032name.example.test. 5 IN AAAA 2001:db8::9
under_score.example.test. 5 IN A 192.0.2.10
chaos.example.test.     5 CH A 192.0.2.11
chaos.example.test.     5 IN A 192.0.2.12
trunc.example.test.     5 IN A 192.0.2.13
trunc.example.test.     5 IN AAAA 2001:db8::13
only.sub.example.test.  5 IN A 192.0.2.14
both.sub.example.test.  5 IN A 192.0.2.15
txt.sub.example.test.   5 IN A 192.0.2.16
tld.                    5 IN A 192.0.2.17
mapped.example.test.    5 IN AAAA ::ffff:192.0.2.18
mapped.example.test.    5 IN A 192.0.2.18
lo.example.test.        5 IN A 127.0.0.2
lo.example.test.        5 IN A 127.0.0.1
lo.example.test.        5 IN A 10.1.2.3
lo.example.test.        5 IN AAAA ::1
lo.example.test.        5 IN AAAA fe80::1
lo.example.test.        5 IN A 169.254.1.1
lo.example.test.        5 IN AAAA 2002::1
lo.example.test.        5 IN AAAA fd00::1
sl.example.test.        5 IN A 10.0.0.1
sl.example.test.        5 IN A 192.0.2.200
sl.example.test.        5 IN A 172.16.0.1
sl.example.test.        5 IN A 10.2.0.1
1.2.0.192.in-addr.arpa. 5 IN PTR a.example.test.
2.2.0.192.in-addr.arpa. 5 IN CNAME 2.sub.2.0.192.in-addr.arpa.
2.sub.2.0.192.in-addr.arpa. 5 IN PTR via.example.test.
3.2.0.192.in-addr.arpa. 5 IN PTR one.example.test.
3.2.0.192.in-addr.arpa. 5 IN PTR two.example.test.
4.2.0.192.in-addr.arpa. 5 IN PTR bad\032name.example.test.
5.2.0.192.in-addr.arpa. 5 IN CNAME 5/x.2.0.192.in-addr.arpa.
5/x.2.0.192.in-addr.arpa. 5 IN PTR bad\032name.example.test.
6.2.0.192.in-addr.arpa. 5 IN CNAME 6/x.2.0.192.in-addr.arpa.
6/x.2.0.192.in-addr.arpa. 5 IN PTR good.example.test.
7.2.0.192.in-addr.arpa. 5 IN TXT nothing
8.2.0.192.in-addr.arpa. 5 IN PTR .
1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. 5 IN PTR six.example.test.
`

// zoneServer answers over UDP and TCP, UDP queries in the order in which they come.
type zoneServer struct {
	packets net.PacketConn
	streams net.Listener
	zone    map[string][]dns.RR
}

func listenZone(addr string) (*zoneServer, error) {
	s := &zoneServer{zone: make(map[string][]dns.RR)}
	for i := range 200 {
		s.zone["many.example.test."] = append(s.zone["many.example.test."], addressRecord("many.example.test.", fmt.Sprintf("10.9.%d.%d", i/100, i)))
	}
	parser := dns.NewZoneParser(strings.NewReader(zoneRecords), "", "")
	for rr, ok := parser.Next(); ok; rr, ok = parser.Next() {
		name := strings.ToLower(rr.Header().Name)
		s.zone[name] = append(s.zone[name], rr)
	}
	if err := parser.Err(); err != nil {
		return nil, err
	}
	var err error
	if s.streams, err = net.Listen("tcp", addr); err != nil {
		return nil, err
	}
	if s.packets, err = net.ListenPacket("udp", s.streams.Addr().String()); err != nil {
		_ = s.streams.Close()
		return nil, err
	}
	return s, nil
}

// startZone runs a server for the test, on a port of its own.
func startZone(t *testing.T) netip.AddrPort {
	t.Helper()
	var server *zoneServer
	var err error
	// The port that TCP was given can be in use for UDP.
	for range 10 {
		if server, err = listenZone("127.0.0.1:0"); err == nil {
			break
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		server.serve()
	}()
	t.Cleanup(func() {
		_ = server.packets.Close()
		_ = server.streams.Close()
		<-done
	})
	return netip.MustParseAddrPort(server.streams.Addr().String())
}

// serve returns when the sockets are closed.
func (s *zoneServer) serve() {
	go func() {
		for {
			conn, err := s.streams.Accept()
			if err != nil {
				return
			}
			go s.serveStream(conn)
		}
	}()
	buffer := make([]byte, 4096)
	for {
		n, from, err := s.packets.ReadFrom(buffer)
		if err != nil {
			return
		}
		for _, message := range s.answer(buffer[:n], false) {
			_, _ = s.packets.WriteTo(message, from)
		}
	}
}

func (s *zoneServer) serveStream(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(time.Minute))
	for {
		var length [2]byte
		if _, err := io.ReadFull(conn, length[:]); err != nil {
			return
		}
		query := make([]byte, binary.BigEndian.Uint16(length[:]))
		if _, err := io.ReadFull(conn, query); err != nil {
			return
		}
		for _, message := range s.answer(query, true) {
			framed := binary.BigEndian.AppendUint16(nil, uint16(len(message)))
			_, _ = conn.Write(append(framed, message...))
		}
	}
}

// answer gives the messages to send for a query. A first label of "fault" or with "fault-type-" in it,
// where type is a or aaaa, makes that fault for all types or for one.
func (s *zoneServer) answer(packet []byte, stream bool) [][]byte {
	query := new(dns.Msg)
	if query.Unpack(packet) != nil || len(query.Question) != 1 {
		return nil
	}
	question := query.Question[0]
	reply := new(dns.Msg).SetReply(query)
	reply.RecursionAvailable = true
	label, _, _ := strings.Cut(strings.ToLower(question.Name), ".")
	qtype := strings.ToLower(dns.TypeToString[question.Qtype])
	asks := func(fault string) bool {
		return label == fault || strings.Contains(label, fault+"-"+qtype+"-")
	}
	switch {
	case asks("drop"):
		return nil
	case asks("servfail"):
		reply.Rcode = dns.RcodeServerFailure
	case asks("refused"):
		reply.Rcode = dns.RcodeRefused
	case asks("notimp"):
		reply.Rcode = dns.RcodeNotImplemented
	case asks("formerr"):
		reply.Rcode = dns.RcodeFormatError
	case asks("nx"):
		reply.Rcode = dns.RcodeNameError
	case asks("nodata"):
	case asks("lame"):
		reply.RecursionAvailable = false
	case asks("bare"):
		bare := make([]byte, 12)
		binary.BigEndian.PutUint16(bare, query.Id)
		bare[2], bare[3] = 0x81, 0x80|dns.RcodeRefused
		return [][]byte{bare}
	case asks("short"):
		return [][]byte{{1, 2, 3}}
	case asks("garbage"):
		garbage := pack(reply)
		garbage[7] = 3
		return [][]byte{append(garbage, 0xff, 0xff)}
	case asks("wrongq"):
		wrong := reply.Copy()
		wrong.Question[0].Name = "other.test."
		if qtype == "a" {
			reply.Answer = append(reply.Answer, addressRecord(question.Name, "192.0.2.77"))
		}
		return [][]byte{pack(wrong), pack(reply)}
	case asks("upper"):
		reply.Question[0].Name = strings.ToUpper(question.Name)
		if qtype == "a" {
			reply.Answer = append(reply.Answer, addressRecord(reply.Question[0].Name, "192.0.2.78"))
		}
	case asks("badlen"):
		for _, data := range []string{"010203", "C0000250", "20010db8000000000000000000000099", "0102030405"} {
			header := dns.RR_Header{Name: question.Name, Rrtype: question.Qtype, Class: dns.ClassINET, Ttl: 5}
			reply.Answer = append(reply.Answer, &dns.RFC3597{Hdr: header, Rdata: data})
		}
	default:
		s.lookUp(reply)
	}
	message := pack(reply)
	if !stream && (label == "trunc" || len(message) > 1200) {
		reply.Truncated, reply.Answer = true, nil
		message = pack(reply)
	}
	return [][]byte{message}
}

// lookUp fills in the records for the question, along the chain of CNAMEs.
func (s *zoneServer) lookUp(reply *dns.Msg) {
	question := reply.Question[0]
	exists := false
	for name := strings.ToLower(question.Name); name != "" && len(reply.Answer) < 300; {
		next := ""
		for _, rr := range s.zone[name] {
			exists = true
			header := rr.Header()
			alias, isAlias := rr.(*dns.CNAME)
			if isAlias {
				next = strings.ToLower(alias.Target)
			}
			if isAlias || header.Rrtype == question.Qtype || header.Class != dns.ClassINET {
				reply.Answer = append(reply.Answer, rr)
			}
		}
		if next == name {
			return
		}
		name = next
	}
	if !exists {
		reply.Rcode = dns.RcodeNameError
	}
}

func addressRecord(name, addr string) dns.RR {
	header := dns.RR_Header{Name: name, Rrtype: dns.TypeA, Class: dns.ClassINET, Ttl: 5}
	return &dns.A{Hdr: header, A: net.ParseIP(addr)}
}

func pack(message *dns.Msg) []byte {
	packed, err := message.Pack()
	if err != nil {
		return nil
	}
	return packed
}
