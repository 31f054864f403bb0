package pyref

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// An owner identifies a process for good: its number alone is reused, and means
// another process in another PID namespace or after a boot.
type owner struct {
	boot      string // the kernel's id of this boot
	namespace string // of the process's PID, "4026531836"
	pid       int
	start     string // in ticks since the boot
}

// self identifies this process.
func self() (owner, error) {
	boot, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return owner{}, fmt.Errorf("identify this process: %w", err)
	}
	namespace, err := os.Readlink("/proc/self/ns/pid")
	if err != nil {
		return owner{}, fmt.Errorf("identify this process: %w", err)
	}
	start, err := startTime(os.Getpid())
	if err != nil {
		return owner{}, fmt.Errorf("identify this process: %w", err)
	}
	return owner{
		boot:      strings.TrimSpace(string(boot)),
		namespace: strings.Trim(namespace, "pid:[]"),
		pid:       os.Getpid(),
		start:     start,
	}, nil
}

// startTime returns when a process started, out of /proc/PID/stat.
func startTime(pid int) (string, error) {
	stat, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	if err != nil {
		return "", err
	}
	// The command, in parentheses, may hold anything; the fields count from
	// behind it, where the state is field 3 and the start time field 22.
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	const state, start = 3, 22
	if len(fields) <= start-state {
		return "", fmt.Errorf("/proc/%d/stat holds only %d fields", pid, len(fields)+state-1)
	}
	return fields[start-state], nil
}

// String writes an owner as one word, fit for a label and for a file's name.
func (o owner) String() string {
	return strings.Join([]string{o.boot, o.namespace, strconv.Itoa(o.pid), o.start}, "_")
}

const temporaryPrefix = "pyparity-"

// temporary makes a temporary directory that bears its owner's identity, so that
// it can be known for abandoned.
func (o owner) temporary(purpose string) (string, error) {
	return os.MkdirTemp("", temporaryPrefix+o.String()+"-"+purpose+"-")
}

func parseOwner(text string) (owner, bool) {
	parts := strings.Split(text, "_")
	if len(parts) != 4 {
		return owner{}, false
	}
	pid, err := strconv.Atoi(parts[2])
	return owner{boot: parts[0], namespace: parts[1], pid: pid, start: parts[3]}, err == nil && pid > 0
}

// A fate is what is known of an owner.
type fate int

const (
	unknown fate = iota // it is out of this process's sight
	alive
	gone
)

// fateOf tells what became of an owner, as seen by this process. After another
// boot, or from another PID namespace, nothing is known: the owner may run on
// another machine, or in another container, that uses the same Docker.
func (o owner) fateOf(other owner) fate {
	if o.boot != other.boot || o.namespace != other.namespace {
		return unknown
	}
	start, err := startTime(other.pid)
	if err != nil || start != other.start {
		return gone
	}
	return alive
}
