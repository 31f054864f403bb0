package pyref

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const scannedProgram = `import socket as sk
from socket import create_connection, timeout as T, socket

class Server:
    def __init__(self, port):
        self.sock = sk.socket(sk.AF_INET)
        self.sock.bind(("", port))
        self.log.bind("not a socket")

    def run(self):
        conn, addr = self.sock.accept()
        with conn as c, open("x") as f:
            c.send(f.read())

def client(a: socket, b, socket=None):
    a.close()
    b.close()
    b.recv(1)
    with create_connection(("é", 80)) as c:
        c.shutdown(sk.SHUT_RDWR)
    one, two = sk.socketpair()
    try:
        two.connect_ex(("", 1))
    except (T, sk.error):
        print(create_connection)
`

// The ways by which programs come to a socket other than by calling the module.
const indirectProgram = `import contextlib, threading
sk = __import__("socket")
Base = sk.socket

class Counting(Base):
    def recv(self, n):
        return super().recv(n)
    def twice(self):
        self.recv(1)
        self.send(b"")

class Client:
    def open(self, connect=sk.create_connection):
        sock = connect(("", 1))
        return sock
    def start(self):
        self.sock = self.open() or None
        self.sock.shutdown(2)
    @property
    def plain(self):
        return self.sock
    def stop(self):
        self.plain.close()

def serve(conn, addr, family=sk.AF_INET):
    conn.close()
    return family

def main(given: "Optional[sk.socket]", sock):
    server = sk.socket() if given is None else given
    conn, addr = server.accept()
    threading.Thread(target=serve, args=(conn, addr)).start()
    with contextlib.closing(Counting()) as c:
        c.send(b"")
    given.listen()
    sock.settimeout(1)
    sock.send(b"")

def shadowed(sk, conn):
    sk.socket()
    conn.close()
    threading.settimeout(1)

class Record:
    plain_sock: sk.socket
    make = sk.socket
    def __init__(self):
        self.connect_by = sk.create_connection
    def work(self):
        self.plain_sock.close()
        other = self.connect_by(("", 1))
        [s.close() for s in (other, self.make())]
`

func TestScan(t *testing.T) {
	b := openBed(t)
	scanned, err := b.Scan(t.Context(), b.image(t, "3.13"), "socket", []ProgramText{
		{"server.py", []byte(scannedProgram)}, {"broken.py", []byte("x = 1\ndef f(:\n")}, {"other.py", []byte("import os\nos.close(3)\n")},
		{"indirect.py", []byte(indirectProgram)}, {"marked.py", []byte("\ufeffimport socket\nsocket.socket()\n")},
		{"latin.py", []byte("# coding: latin-1\nimport socket\nsocket.getfqdn('\xe9')\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{
		"6:21 call socket.socket", "6:31 reference socket.AF_INET", "7:9 call socket.socket.bind",
		"11:22 call socket.socket.accept", "13:13 call socket.socket.send",
		"15:15 reference socket.socket", "16:5 call socket.socket.close",
		"17:5 call socket.socket.close?", "18:5 call socket.socket.recv?",
		"19:10 call socket.create_connection", "20:9 call socket.socket.shutdown", "20:20 reference socket.SHUT_RDWR",
		"21:16 call socket.socketpair", "23:9 call socket.socket.connect_ex",
		"24:13 reference socket.timeout", "24:16 reference socket.error", "25:15 reference socket.create_connection",
	}, shownUses(scanned[0])); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := scanned[1].Error; got != "line 2: invalid syntax" {
		t.Errorf("a program that does not parse: %q", got)
	}
	if scanned[2].Error != "" || len(scanned[2].Uses) != 0 {
		t.Errorf("a program without the module: %+v", scanned[2])
	}
	if diff := cmp.Diff([]string{
		"3:8 reference socket.socket", "5:16 reference socket.socket", "7:16 call socket.socket.recv",
		"10:9 call socket.socket.send", "13:28 reference socket.create_connection", "14:16 call socket.create_connection",
		"18:9 call socket.socket.shutdown", "23:9 call socket.socket.close",
		"25:30 reference socket.AF_INET", "26:5 call socket.socket.close", "30:14 call socket.socket",
		"31:18 call socket.socket.accept", "34:9 call socket.socket.send", "35:5 call socket.socket.listen",
		"36:5 call socket.socket.settimeout?", "37:5 call socket.socket.send?",
		"45:17 reference socket.socket", "46:12 reference socket.socket", "48:27 reference socket.create_connection",
		"50:9 call socket.socket.close", "51:17 call socket.create_connection", "52:10 call socket.socket.close",
		"52:37 call socket.socket",
	}, shownUses(scanned[3])); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"2:1 call socket.socket"}, shownUses(scanned[4])); diff != "" {
		t.Errorf("with a byte order mark (-want +got):\n%s", diff)
	}
	if got := scanned[5].Uses[0].Text; got != "socket.getfqdn('é')" {
		t.Errorf("in Latin-1: %q", got)
	}
}

func shownUses(program ScannedProgram) []string {
	var shown []string
	for _, u := range program.Uses {
		sure := ""
		if !u.Sure {
			sure = "?"
		}
		shown = append(shown, fmt.Sprintf("%d:%d %s %s%s", u.Line, u.Column, u.Kind, u.Name, sure))
	}
	return shown
}

// What reads slowly is not taken for what nobody listens to any more.
func TestScanOfManyPrograms(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes longer than what nobody listens to may take")
	}
	t.Parallel()
	b := openBed(t)
	programs := slices.Repeat([]ProgramText{{"many.py", []byte(strings.Repeat(indirectProgram, 20))}}, 200)
	scanned, err := b.Scan(t.Context(), b.image(t, "3.13"), "socket", programs)
	if err != nil {
		t.Fatal(err)
	}
	if len(scanned) != len(programs) {
		t.Errorf("%d programs were scanned", len(scanned))
	}
}
