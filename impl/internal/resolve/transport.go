package resolve

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

// transport sends queries to the servers of a resolv.conf and waits for what they say
// (resolv/res_send.c). It serves one lookup of one thread.
type transport struct {
	conf *resolvConf
	// rotation counts the exchanges of the Resolver, for "rotate".
	rotation *atomic.Uint32
	// rcode is that of the last message that came as the first of an exchange, as glibc leaves it
	// in its buffer even when the exchange fails.
	rcode dnsmessage.RCode
	// fatal is why no socket could be made, which no other server can help.
	fatal syscall.Errno
}

// firstServer is where an exchange starts: with "rotate" one server further each time, from a random
// one on.
func (t *transport) firstServer() int {
	n := len(t.conf.nameservers)
	if !t.conf.rotate || n <= 1 {
		return 0
	}
	t.rotation.CompareAndSwap(0, rand.Uint32()|1)
	return int(t.rotation.Add(1) % uint32(n))
}

// exchange asks one or two queries of each server in turn until one answers. The responses are in
// the queries' order; one can be missing where the server failed only for the other. Without any
// response errno tells why.
func (t *transport) exchange(ctx context.Context, queries []query) (responses []response, errno syscall.Errno) {
	first := t.firstServer()
	stream := t.conf.useVC
	heard := false
	last := syscall.ETIMEDOUT
	for attempt := 0; attempt < t.conf.attempts; attempt++ {
		for shift := range t.conf.nameservers {
			index := (shift + first) % len(t.conf.nameservers)
			if !stream {
				responses, verdict := t.datagrams(ctx, index, queries)
				heard = heard || verdict != verdictUnheard
				if len(responses) > 0 {
					return responses, 0
				}
				stream = verdict == verdictTruncated
			}
			if stream {
				// Streams get one attempt per server.
				attempt = t.conf.attempts
				responses, errno := t.stream(ctx, index, queries)
				if len(responses) > 0 {
					return responses, 0
				}
				last = errno
			}
			if t.fatal != 0 {
				return nil, t.fatal
			}
			if ctx.Err() != nil {
				return nil, syscall.EINTR
			}
		}
	}
	switch {
	case stream:
		return nil, last
	case heard:
		return nil, syscall.ETIMEDOUT
	}
	return nil, syscall.ECONNREFUSED
}

// verdict is how asking a server by datagrams ended, apart from the responses.
type verdict int

const (
	verdictUnheard   verdict = iota // nothing came: the server cannot be reached
	verdictHeard                    // something came, or the time ran out
	verdictTruncated                // the answer is too long for a datagram
	verdictExpired                  // the time ran out with one answer of two
)

// pairing is how two queries go to a server: at once; or the second after the first is answered; or
// that from a new socket.
type pairing int

const (
	pairParallel pairing = iota
	pairSingle
	pairReopen
)

// datagrams asks a server over UDP. A server that answers only one of two queries may be one that
// cannot hold two at a time, so it is asked again more gently before its one answer has to do.
func (t *transport) datagrams(ctx context.Context, index int, queries []query) ([]response, verdict) {
	first := pairParallel
	switch {
	case t.conf.singleRequestReopen:
		first = pairReopen
	case t.conf.singleRequest:
		first = pairSingle
	}
	var conn *dnsConn
	defer func() {
		if conn != nil {
			conn.close()
		}
	}()
	for mode := first; ; mode++ {
		deadline := time.Now().Add(t.conf.serverTimeout(index))
		if err := t.reopen(ctx, &conn, index, mode, deadline); err != nil {
			return nil, verdictUnheard
		}
		responses, verdict := t.datagramsOnce(ctx, index, queries, mode, &conn, deadline)
		if verdict != verdictExpired || mode == pairReopen {
			return responses, verdict
		}
	}
}

// reopen makes a socket unless there is one that goes on: only asking from a new one needs another, so
// that an answer which comes late is not lost.
func (t *transport) reopen(ctx context.Context, conn **dnsConn, index int, mode pairing, deadline time.Time) error {
	if *conn != nil && mode != pairReopen {
		return (*conn).extend(ctx, deadline)
	}
	fresh, err := t.dial(ctx, "udp", index, deadline)
	if err != nil {
		return err
	}
	if *conn != nil {
		(*conn).close()
	}
	*conn = fresh
	return nil
}

// datagramsOnce asks in one mode, over the socket, which it may replace.
func (t *transport) datagramsOnce(ctx context.Context, index int, queries []query, mode pairing, socket **dnsConn, deadline time.Time) ([]response, verdict) {
	conn := *socket
	pending := newPending(queries)
	if conn.send(pending.packets(mode)) != nil {
		return nil, verdictUnheard
	}
	end := verdictUnheard
	buffer := make([]byte, 65535)
	for {
		n, err := conn.Read(buffer)
		switch {
		case errors.Is(err, os.ErrDeadlineExceeded) && pending.hasResponse():
			return pending.responses(), verdictExpired
		case errors.Is(err, os.ErrDeadlineExceeded):
			return nil, verdictHeard
		case err != nil:
			return nil, end
		case n < headerLen:
			return nil, verdictHeard
		}
		end = verdictHeard
		message := response(append([]byte(nil), buffer[:n]...))
		i := pending.match(message)
		if i < 0 {
			continue
		}
		if !pending.anyDone() {
			t.rcode = message.rcode()
		}
		if message.useless() {
			switch {
			case t.conf.strictError:
				return nil, verdictHeard
			case pending.anyDone():
				return pending.responses(), verdictHeard
			case len(queries) == 1 || mode != pairParallel:
				return nil, verdictHeard
			}
			pending.done[i] = true
			continue
		}
		if message.truncated() {
			return nil, verdictTruncated
		}
		pending.done[i], pending.got[i] = true, message
		if pending.allDone() {
			return pending.responses(), verdictHeard
		}
		if mode == pairReopen {
			if t.reopen(ctx, socket, index, mode, deadline) != nil {
				return nil, verdictHeard
			}
			conn = *socket
		}
		if mode != pairParallel && conn.send([][]byte{queries[1].packet}) != nil {
			return nil, verdictHeard
		}
	}
}

// stream asks a server over TCP, all queries over one connection. There is no limit of time but
// ctx's, as in glibc. A connection that is reset is tried once more.
func (t *transport) stream(ctx context.Context, index int, queries []query) ([]response, syscall.Errno) {
	for attempt := 0; ; attempt++ {
		responses, errno := t.streamOnce(ctx, index, queries)
		if errno != syscall.ECONNRESET || attempt > 0 {
			return responses, errno
		}
	}
}

func (t *transport) streamOnce(ctx context.Context, index int, queries []query) ([]response, syscall.Errno) {
	conn, err := t.dial(ctx, "tcp", index, time.Time{})
	if err != nil {
		return nil, errnoOf(err)
	}
	defer conn.close()
	var out []byte
	for _, q := range queries {
		out = binary.BigEndian.AppendUint16(out, uint16(len(q.packet)))
		out = append(out, q.packet...)
	}
	if err := conn.send([][]byte{out}); err != nil {
		return nil, errnoOf(err)
	}
	pending := newPending(queries)
	for !pending.allDone() {
		var length [2]byte
		if _, err := io.ReadFull(conn, length[:]); err != nil {
			return nil, streamErrno(err)
		}
		message := make(response, binary.BigEndian.Uint16(length[:]))
		if len(message) < headerLen {
			return nil, syscall.EMSGSIZE
		}
		if _, err := io.ReadFull(conn, message); err != nil {
			return nil, streamErrno(err)
		}
		if i := pending.matchID(message); i >= 0 {
			if !pending.anyDone() {
				t.rcode = message.rcode()
			}
			pending.done[i], pending.got[i] = true, message
		}
	}
	return pending.responses(), 0
}

// streamErrno is the errno of a failed read; a connection that just ends has none.
func streamErrno(err error) syscall.Errno {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return 0
	}
	return errnoOf(err)
}
