// Package dnsserver is the small DNS server that a container has on loopback. It
// serves the same zones to CPython and to what is compared with it, and
// misbehaves at the names where it is told to, so that behaviours can tell a
// name that does not exist from a server that fails, lies or is silent.
package dnsserver

import (
	"errors"
	"fmt"
	"net"
	"strings"

	"github.com/miekg/dns"
)

// A Server answers from its zones over UDP and TCP.
type Server struct {
	Zones  *Zones
	Faults map[string]Fault // by lower-case name with its final dot

	servers []*dns.Server
	ended   chan error
}

// Start listens on an address such as "127.0.0.1:53", for UDP and TCP, and
// serves until Close. A port of 0 is chosen for both.
func (s *Server) Start(address string) error {
	packets, err := net.ListenPacket("udp", address)
	if err != nil {
		return fmt.Errorf("DNS server: %w", err)
	}
	streams, err := net.Listen("tcp", packets.LocalAddr().String())
	if err != nil {
		return errors.Join(fmt.Errorf("DNS server: %w", err), packets.Close())
	}
	s.servers = []*dns.Server{
		{PacketConn: packets, Handler: s.over(true)},
		{Listener: streams, Handler: s.over(false)},
	}
	s.ended = make(chan error, len(s.servers))
	for _, server := range s.servers {
		started := make(chan struct{})
		server.NotifyStartedFunc = func() { close(started) }
		go func() { s.ended <- server.ActivateAndServe() }()
		<-started
	}
	return nil
}

// Address returns where the server listens.
func (s *Server) Address() string { return s.servers[0].PacketConn.LocalAddr().String() }

// Close stops serving.
func (s *Server) Close() error {
	var errs []error
	for _, server := range s.servers {
		errs = append(errs, server.Shutdown())
	}
	for range s.servers {
		errs = append(errs, <-s.ended)
	}
	return errors.Join(errs...)
}

// plainSize is how much an answer over UDP may hold when the question does not
// say, in octets.
const plainSize = dns.MinMsgSize

func (s *Server) over(udp bool) dns.HandlerFunc {
	return func(w dns.ResponseWriter, question *dns.Msg) {
		if len(question.Question) != 1 {
			_ = w.WriteMsg(new(dns.Msg).SetRcodeFormatError(question)) // who asks so may have left
			return
		}
		q := question.Question[0]
		reply := new(dns.Msg).SetReply(question)
		reply.Authoritative = true
		reply.RecursionAvailable = true
		reply.Compress = true

		fault := s.Faults[strings.ToLower(q.Name)]
		code, isCode := rcodes[fault]
		switch {
		case isCode:
			reply.Rcode = code
		case fault == Silent:
			return
		case fault == Garbage:
			_, _ = w.Write(garbage(question.Id)) // who asks may have left
			return
		case fault == Truncate && udp:
			reply.Truncated = true
		default:
			s.Zones.Answer(reply, q)
		}
		if udp {
			size := plainSize
			if opt := question.IsEdns0(); opt != nil {
				size = max(size, int(opt.UDPSize()))
			}
			reply.Truncate(size)
			reply.Truncated = reply.Truncated || fault == Truncate
		}
		_ = w.WriteMsg(reply) // who asks may have left
	}
}

// garbage begins like an answer to the question of this id, and then promises
// more than it holds.
func garbage(id uint16) []byte {
	return []byte{byte(id >> 8), byte(id), 0x81, 0x80, 0, 1, 0, 9, 0, 0, 0, 0, 0xff, 0xff, 0xff}
}
