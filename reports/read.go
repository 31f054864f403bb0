package reports

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// ReadFile reads a report.json, compressed with gzip or not, or the one that
// stands in a folder.
func ReadFile(name string) (Report, error) {
	name, err := reportIn(name)
	if err != nil {
		return Report{}, err
	}
	f, err := os.Open(name)
	if err != nil {
		return Report{}, openError(name, err)
	}
	defer f.Close()
	plain, err := inflated(f)
	if err != nil {
		return Report{}, fmt.Errorf("%s: %w", name, err)
	}
	r, err := Decode(plain)
	if err != nil {
		return Report{}, fmt.Errorf("%s: %w", name, err)
	}
	return r, nil
}

// reportIn is the report's file where a folder is named.
func reportIn(name string) (string, error) {
	info, err := os.Stat(name)
	if err != nil {
		return "", openError(name, err)
	}
	if !info.IsDir() {
		return name, nil
	}
	for _, base := range []string{JSONFile, PackedFile} {
		if _, err := os.Stat(filepath.Join(name, base)); err == nil {
			return filepath.Join(name, base), nil
		}
	}
	return "", fmt.Errorf("%s has no %s", name, JSONFile)
}

func openError(name string, err error) error {
	if missing, ok := errors.AsType[*fs.PathError](err); ok {
		err = missing.Err
	}
	return fmt.Errorf("%s: %w", name, err)
}

func inflated(r io.Reader) (io.Reader, error) {
	b := bufio.NewReader(r)
	if head, _ := b.Peek(2); !bytes.Equal(head, []byte{0x1f, 0x8b}) {
		return b, nil
	}
	return gzip.NewReader(b)
}
