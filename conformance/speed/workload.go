package speed

import (
	"errors"
	"fmt"
	"io"
)

// A library is what is measured: connected sockets and the other calls.
type library interface {
	// pair returns both ends of a connection: tcp, unix or udp. The server of udp
	// answers whom it received from last.
	pair(network string) (client, server conn, err error)
	listen() (listener, error)
	// lookup resolves a host and the port 80 of TCP.
	lookup(host string) error
}

type conn interface {
	receive(buf []byte) (int, error) // 0 at the end
	send(data []byte) error          // all of it
	shutdown() error                 // ends what either end is doing
	close() error
}

type listener interface {
	connect() (conn, error)
	accept() (conn, error)
	close() error
}

// tcpPair is a connection and the end that accepted it.
func tcpPair(lib library) (client, server conn, err error) {
	l, err := lib.listen()
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = l.close() }()
	if client, err = l.connect(); err != nil {
		return nil, nil, err
	}
	server, err = l.accept()
	return client, server, err
}

// echo is a client that sends one byte and receives it back.
func echo(lib library, network string) (*workload, error) {
	client, server, err := lib.pair(network)
	if err != nil {
		return nil, err
	}
	ended := make(chan error, 1)
	go func() { ended <- serve(server) }()
	buf := make([]byte, 1)
	return &workload{
		run: func(n int) error {
			for range n {
				if err := client.send(buf); err != nil {
					return err
				}
				if _, err := client.receive(buf); err != nil {
					return err
				}
			}
			return nil
		},
		close: func() error {
			err := client.send([]byte{last})
			return errors.Join(err, <-ended, client.close(), server.close())
		},
	}, nil
}

// last is the byte that ends a server: UDP has no end of its own.
const last = 0xff

func serve(server conn) error {
	for buf := make([]byte, 1); ; {
		if n, err := server.receive(buf); n == 0 || err != nil || buf[0] == last {
			return err
		}
		if err := server.send(buf); err != nil {
			return err
		}
	}
}

// bulk sends pieces one way.
func bulk(lib library) (*workload, error) {
	sender, receiver, err := lib.pair("tcp")
	if err != nil {
		return nil, err
	}
	data, buf := make([]byte, piece), make([]byte, piece)
	return &workload{
		run: func(n int) error {
			sent := make(chan error, 1)
			go func() {
				for range n {
					if err := sender.send(data); err != nil {
						sent <- err
						return
					}
				}
				sent <- nil
			}()
			for left := n * piece; left > 0; {
				got, err := receiver.receive(buf)
				if err != nil {
					return err
				}
				if got == 0 {
					return io.ErrUnexpectedEOF
				}
				left -= got
			}
			return <-sent
		},
		close: func() error { return errors.Join(sender.close(), receiver.close()) },
	}, nil
}

// connecting connects, accepts and closes, in one thread.
func connecting(lib library) (*workload, error) {
	l, err := lib.listen()
	if err != nil {
		return nil, err
	}
	return &workload{
		run: func(n int) error {
			for range n {
				client, err := l.connect()
				if err != nil {
					return err
				}
				server, err := l.accept()
				if err != nil {
					return errors.Join(err, client.close())
				}
				if err := errors.Join(client.close(), server.close()); err != nil {
					return err
				}
			}
			return nil
		},
		close: l.close,
	}, nil
}

func looking(lib library, host string) (*workload, error) {
	return &workload{
		run: func(n int) error {
			for range n {
				if err := lib.lookup(host); err != nil {
					return err
				}
			}
			return nil
		},
		close: func() error { return nil },
	}, nil
}

// waiting are receivers of which each waits on a connection of its own.
func waiting(lib library) (*workload, error) {
	var clients, servers []conn
	ended := make(chan error)
	return &workload{
		wait: func(n int) error {
			for range n {
				client, server, err := lib.pair("unix")
				if err != nil {
					return err
				}
				clients, servers = append(clients, client), append(servers, server)
				go func() {
					got, err := server.receive(make([]byte, 1))
					if got > 0 {
						err = fmt.Errorf("received %d bytes that nobody sent", got)
					}
					ended <- err
				}()
			}
			return nil
		},
		close: func() error {
			var errs []error
			for _, c := range clients {
				errs = append(errs, c.shutdown())
			}
			for range servers {
				errs = append(errs, <-ended)
			}
			for _, c := range append(clients, servers...) {
				errs = append(errs, c.close())
			}
			return errors.Join(errs...)
		},
	}, nil
}
