package socket_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/pyparity/pyparity/impl/socket"
)

// A protocol of lines, with the two ends as text files.
func ExampleSocket_Makefile() {
	client, server, err := socket.SocketPair(socket.AF_UNIX, socket.SOCK_STREAM, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	go func() {
		file, err := server.MakeText("rw", socket.FileOptions{Encoding: "utf-8"})
		if err != nil {
			return
		}
		defer func() { _ = errors.Join(file.Close(), server.Close()) }()
		for line, err := range file.Lines() {
			if err != nil {
				return
			}
			fmt.Fprintf(file, "you said %s", line)
			if err := file.Flush(); err != nil {
				return
			}
		}
	}()

	file, err := client.MakeText("rw", socket.FileOptions{Encoding: "utf-8"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, line := range []string{"hello\n", "grüß dich\n"} {
		_, err = file.WriteString(line)
		if err == nil {
			err = file.Flush()
		}
		answer, readErr := file.ReadLine(-1)
		fmt.Printf("%q %v %v\n", answer, err, readErr)
	}
	// The socket is closed when its last file is.
	fmt.Println(client.Close(), client.Fileno() >= 0)
	fmt.Println(file.Close(), client.Fileno())
	// Output:
	// "you said hello\n" <nil> <nil>
	// "you said grüß dich\n" <nil> <nil>
	// <nil> true
	// <nil> -1
}

func ExampleSocket_SendFile() {
	a, b, err := socket.SocketPair(socket.AF_UNIX, socket.SOCK_STREAM, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = b.Close() }()
	path := filepath.Join(os.TempDir(), fmt.Sprintf("sendfile-%d", os.Getpid()))
	if err := os.WriteFile(path, []byte("hello world"), 0o600); err != nil {
		fmt.Println(err)
		return
	}
	defer os.Remove(path)
	file, err := os.Open(path)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer file.Close()

	sent, err := a.SendFile(file, 6, 0)
	fmt.Println(sent, err)
	fmt.Println(a.Close())

	reader, err := b.MakeReader(0)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = reader.Close() }()
	data, err := io.ReadAll(reader)
	fmt.Printf("%s %v\n", data, err)
	// Output:
	// 5 <nil>
	// <nil>
	// world <nil>
}
