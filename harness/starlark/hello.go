package starlark

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"runtime"
	"runtime/debug"

	"github.com/pyparity/pyparity/pyref/base/unix"

	"github.com/pyparity/pyparity/harness/subject"
)

// Implementation is how a Runner introduces itself.
const Implementation = "pyparity"

// Hello says what runs here and what the machine has.
func (r *Runner) Hello() subject.Hello {
	version := r.Version
	if version == "" {
		version = buildVersion()
	}
	return subject.Hello{
		Protocol:       subject.Protocol,
		Implementation: Implementation,
		Version:        version,
		Python:         r.python().String(),
		Platform:       platform(),
		Capabilities:   capabilities(),
	}
}

func buildVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "unknown"
	}
	return info.Main.Version
}

func platform() map[string]string {
	p := map[string]string{"system": "Linux", "build": runtime.Version(), "machine": runtime.GOARCH}
	var name unix.Utsname
	if err := unix.Uname(&name); err == nil {
		p["system"] = cString(name.Sysname[:])
		p["kernel"] = cString(name.Release[:])
		p["machine"] = cString(name.Machine[:])
	}
	return p
}

func cString(b []byte) string {
	text, _, _ := bytes.Cut(b, []byte{0})
	return string(text)
}

// ContainerVariable is set to 1 in the environment of an agent that runs in a
// container of its own.
const ContainerVariable = "PYPARITY_CONTAINER"

// capabilities answer requires(…).
func capabilities() []string {
	var there []string
	if binds(unix.AF_INET, &unix.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}) {
		there = append(there, "ipv4")
	}
	if binds(unix.AF_INET6, &unix.SockaddrInet6{Addr: [16]byte{15: 1}}) {
		there = append(there, "ipv6")
	}
	if os.Geteuid() == 0 {
		there = append(there, "root")
	}
	if os.Getenv(ContainerVariable) == "1" {
		there = append(there, "container")
	}
	for _, f := range families {
		if opens(f.number) {
			there = append(there, "family:"+f.name)
		}
	}
	return there
}

var families = []struct {
	name   string
	number int
}{
	{"unix", unix.AF_UNIX}, {"inet", unix.AF_INET}, {"inet6", unix.AF_INET6}, {"netlink", unix.AF_NETLINK},
	{"packet", unix.AF_PACKET}, {"vsock", unix.AF_VSOCK}, {"alg", unix.AF_ALG}, {"can", unix.AF_CAN},
	{"tipc", unix.AF_TIPC}, {"qipcrtr", unix.AF_QIPCRTR}, {"bluetooth", unix.AF_BLUETOOTH}, {"rds", unix.AF_RDS},
}

func binds(family int, loopback unix.Sockaddr) bool {
	fd, err := unix.Socket(family, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return false
	}
	return errors.Join(unix.Bind(fd, loopback), unix.Close(fd)) == nil
}

// opens reports whether a socket of the family can be made with any type, and a
// protocol that one of the families wants.
func opens(family int) bool {
	for _, kind := range []int{unix.SOCK_STREAM, unix.SOCK_DGRAM, unix.SOCK_RAW, unix.SOCK_SEQPACKET, unix.SOCK_RDM} {
		for _, protocol := range []int{0, 1, 3} {
			fd, err := unix.Socket(family, kind|unix.SOCK_CLOEXEC, protocol)
			if err == nil {
				return unix.Close(fd) == nil
			}
			if errors.Is(err, unix.EAFNOSUPPORT) {
				return false
			}
		}
	}
	return false
}

func randomLetters(n int) string {
	letters := make([]byte, n)
	for i := range letters {
		letters[i] = 'a' + byte(rand.IntN(26))
	}
	return string(letters)
}
