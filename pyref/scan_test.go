package pyref

import (
	"fmt"
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

func TestScan(t *testing.T) {
	b := openBed(t)
	scanned, err := b.Scan(t.Context(), b.image(t, "3.13"), "socket", []ProgramText{
		{"server.py", scannedProgram}, {"broken.py", "x = 1\ndef f(:\n"}, {"other.py", "import os\nos.close(3)\n"},
	})
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, u := range scanned[0].Uses {
		sure := ""
		if !u.Sure {
			sure = "?"
		}
		found = append(found, fmt.Sprintf("%d:%d %s %s%s", u.Line, u.Column, u.Kind, u.Name, sure))
	}
	if diff := cmp.Diff([]string{
		"6:21 call socket.socket", "6:31 reference socket.AF_INET", "7:9 call socket.socket.bind",
		"11:22 call socket.socket.accept", "13:13 call socket.socket.send",
		"15:15 reference socket.socket", "16:5 call socket.socket.close", "18:5 call socket.socket.recv?",
		"19:10 call socket.create_connection", "20:9 call socket.socket.shutdown", "20:20 reference socket.SHUT_RDWR",
		"21:16 call socket.socketpair", "23:9 call socket.socket.connect_ex",
		"24:13 reference socket.timeout", "24:16 reference socket.error", "25:15 reference socket.create_connection",
	}, found); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := scanned[1].Error; got != "line 2: invalid syntax" {
		t.Errorf("a program that does not parse: %q", got)
	}
	if scanned[2].Error != "" || len(scanned[2].Uses) != 0 {
		t.Errorf("a program without the module: %+v", scanned[2])
	}
}
