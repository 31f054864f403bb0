package pyref

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/moby/moby/client"

	"github.com/pyparity/pyparity/harness/subject"
	"github.com/pyparity/pyparity/pyref/internal/debian"
)

// testPatience is long enough for a busy machine, and ends a test that hangs.
const testPatience = 2 * time.Minute

// bed is a session with a daemon and the stub executable.
type bed struct {
	*Session
	stub string
}

// openBed connects to Docker. Where there is none the test is skipped, unless
// the environment says that containers must work.
func openBed(t *testing.T) bed {
	t.Helper()
	stub, err := stubBinary()
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), Options{Binary: stub, Progress: func(line string) { t.Log(line) }})
	if errors.As(err, new(*NoDockerError)) && os.Getenv("PYPARITY_REFERENCE") != "container" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return bed{s, stub}
}

func (b bed) image(t *testing.T, python string) Image {
	t.Helper()
	image, err := b.Obtain(t.Context(), python)
	if errors.Is(err, debian.ErrNoApt) || errors.Is(err, debian.ErrNoMirror) || errors.As(err, new(*UnavailableError)) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return image
}

// python runs a program and returns what it printed.
func (b bed) python(t *testing.T, image Image, hostname, program string) string {
	t.Helper()
	p, err := b.start(t.Context(), image, hostname, b.stub, image.Interpreter, "-I", "-c", program)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	}()
	out, err := io.ReadAll(p.Stdout())
	if err != nil {
		t.Fatal(err)
	}
	if status := wait(t, p); status != 0 {
		t.Fatalf("python ended with status %d: %s", status, p.Stderr())
	}
	return string(out)
}

func wait(t *testing.T, p *Process) int {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), testPatience)
	defer cancel()
	status, err := p.Wait(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return status
}

// there reports whether Docker has a container.
func (b bed) there(t *testing.T, id string) bool {
	t.Helper()
	list, err := b.docker.ContainerList(t.Context(), client.ContainerListOptions{All: true, Filters: make(client.Filters).Add("id", id)})
	if err != nil {
		t.Fatal(err)
	}
	return len(list.Items) > 0
}

// gone waits until Docker has a container no more.
func (b bed) gone(t *testing.T, id string) {
	t.Helper()
	for deadline := time.Now().Add(testPatience); b.there(t, id); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("container %.12s is still there", id)
		}
	}
}

func TestReference(t *testing.T) {
	t.Parallel()
	b := openBed(t)
	for _, python := range []string{"3.11", "3.13"} {
		t.Run(python, func(t *testing.T) {
			image := b.image(t, python)
			p, err := b.Reference(t.Context(), image, "pyparity-0")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := fmt.Fprintf(p.Stdin(), `{"op":"hello","protocol":%d,"python":%q}`+"\n", subject.Protocol, python); err != nil {
				t.Fatal(err)
			}
			line, err := bufio.NewReader(p.Stdout()).ReadBytes('\n')
			if err != nil {
				t.Fatalf("%v; standard error: %s", err, p.Stderr())
			}
			var event subject.Event
			if err := json.Unmarshal(line, &event); err != nil {
				t.Fatal(err)
			}
			if event.Hello == nil || event.Hello.Python != python || !slices.Contains(event.Hello.Capabilities, "container") {
				t.Errorf("it said %s", line)
			}
			// The end of its input ends it, and Docker removes what is left.
			if err := p.Stdin().Close(); err != nil {
				t.Fatal(err)
			}
			if status := wait(t, p); status != 0 {
				t.Errorf("ended with status %d: %s", status, p.Stderr())
			}
			if b.there(t, p.ID()) {
				t.Error("the container is still there")
			}
			if err := p.Close(); err != nil {
				t.Errorf("close after its end: %v", err)
			}
		})
	}
}

// The runs that are compared show different process ids, although each is the first
// of a container of its own.
func TestReferencesDifferInProcessIDs(t *testing.T) {
	t.Parallel()
	b := openBed(t)
	image := b.image(t, "3.13")
	step := subject.Step{Text: "struct.unpack('3i', socket.socketpair()[0].getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[0]"}
	reference := &subject.Stream{SubjectName: "cpython", StartFunc: func(ctx context.Context, _ string, worker int) (subject.Process, error) {
		return b.Reference(ctx, image, fmt.Sprintf("pyparity-%d", worker))
	}}
	seen := map[string]int{}
	for index := range 3 {
		w, err := reference.Start(t.Context(), "3.13", index)
		if err != nil {
			t.Fatal(err)
		}
		got, err := w.Run(t.Context(), subject.Request{
			Op: subject.OpRun, ID: "pid", Modules: []string{"socket"}, Steps: []subject.Step{step}, Limits: &subject.Limits{Step: testPatience, Behaviour: testPatience},
			Perturbation: &subject.Perturbation{Index: index},
		})
		if err := errors.Join(err, w.Close()); err != nil {
			t.Fatal(err)
		}
		pid := got.Observations[0].Returned.Text
		if before, ok := seen[pid]; ok {
			t.Errorf("the runs %d and %d have the process id %s", before, index, pid)
		}
		seen[pid] = index
	}
}

// What a program sees of its container, as JSON.
const look = `
import json, locale, os, resource, socket, ssl, sys, encodings.idna, hashlib, unicodedata, ctypes, zlib
def fails(f, *args):
    try:
        f(*args)
    except OSError as e:
        return type(e).__name__
def status(name):
    for line in open("/proc/self/status"):
        if line.startswith(name + ":"):
            return line.split()[1]
locale.setlocale(locale.LC_ALL, "")
s6 = socket.socket(socket.AF_INET6)
s6.bind(("::1", 80))
json.dump({
    "hostname": socket.gethostname(),
    "interfaces": [name for _, name in socket.if_nameindex() if name == "lo" or name.startswith("eth")],
    "outside": fails(socket.create_connection, ("192.0.2.1", 80), 5),
    "write": fails(open, "/written", "w"),
    "temporary": fails(open, "/tmp/written", "w"),
    "capabilities": status("CapEff"),
    "no new privileges": status("NoNewPrivs"),
    "files": resource.getrlimit(resource.RLIMIT_NOFILE),
    "user": os.geteuid(),
    "locale": locale.getlocale()[1],
    "container": os.environ.get("PYPARITY_CONTAINER"),
    "ipv6": s6.getsockname()[0],
    "http": socket.getservbyname("http"),
    "tcp": socket.getprotobyname("tcp"),
    "python": "%d.%d" % sys.version_info[:2],
}, sys.stdout)
`

func TestConfinement(t *testing.T) {
	t.Parallel()
	b := openBed(t)
	var got map[string]any
	if err := json.Unmarshal([]byte(b.python(t, b.image(t, "3.13"), "a-host", look)), &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"hostname": "a-host", "interfaces": []any{"lo"}, "outside": "OSError", "write": "OSError", "temporary": nil,
		"capabilities": "0000000000000000", "no new privileges": "1", "files": []any{4096.0, 4096.0}, "user": 0.0,
		"locale": "UTF-8", "container": "1", "ipv6": "::1", "http": 80.0, "tcp": 6.0, "python": "3.13",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What CPython's resolver makes of the hosts file, the zones and the faults.
const resolve = `
import json, socket, sys
def ask(f, *args):
    try:
        return f(*args)
    except OSError as e:
        return [type(e).__name__, e.args[0]]
def addresses(host):
    return [a[4][0] for a in socket.getaddrinfo(host, None, 0, socket.SOCK_STREAM)]
json.dump({
    "one": ask(addresses, "one.pyparity.test"),
    "search": ask(addresses, "one"),
    "chain": ask(socket.gethostbyname_ex, "alias3.pyparity.test"),
    "six": ask(addresses, "six"),
    "several": ask(socket.gethostbyname_ex, "several"),
    "crowd": len(ask(socket.gethostbyname_ex, "crowd")[2]),
    "missing": ask(addresses, "missing.pyparity.test"),
    "no address": ask(socket.gethostbyname, "noaddress.pyparity.test"),
    "servfail": ask(addresses, "servfail.pyparity.test"),
    "servfail, then the search list": ask(socket.gethostbyname, "servfail.pyparity.test"),
    "truncated": ask(addresses, "truncated.pyparity.test"),
    "silent": ask(addresses, "silent.pyparity.test"),
    "reverse": ask(socket.gethostbyaddr, "192.0.2.61"),
    "reverse6": ask(socket.gethostbyaddr, "2001:db8::61"),
    "idna": ask(addresses, "b\u00fccher.pyparity.test"),
    "hosts": ask(socket.gethostbyname_ex, "hosts-uno"),
    "hosts first": ask(addresses, "both.pyparity.test"),
    "own name": ask(socket.gethostbyname_ex, socket.gethostname()),
    "full name": socket.getfqdn(),
}, sys.stdout)
`

func TestResolver(t *testing.T) {
	t.Parallel()
	b := openBed(t)
	image := b.image(t, "3.11")
	var got map[string]any
	if err := json.Unmarshal([]byte(b.python(t, image, "a-host", resolve)), &got); err != nil {
		t.Fatal(err)
	}
	list := func(items ...any) []any { return append([]any{}, items...) }
	const again, noname, nodata = -3.0, -2.0, -5.0
	want := map[string]any{
		"one":    list("192.0.2.20"),
		"search": list("192.0.2.20"),
		"chain": list("one.pyparity.test", list("alias3.pyparity.test", "alias2.pyparity.test", "alias.pyparity.test"),
			list("192.0.2.20")),
		"six":                            list("2001:db8::20"),
		"several":                        list("several.pyparity.test", list(), list("192.0.2.33", "192.0.2.31", "192.0.2.32")),
		"crowd":                          60.0,
		"missing":                        list("gaierror", noname),
		"no address":                     list("gaierror", nodata),
		"servfail":                       list("gaierror", again),
		"servfail, then the search list": list("gaierror", noname),
		"truncated":                      list("192.0.2.60"),
		"silent":                         list("gaierror", again),
		"reverse":                        list("reverse.pyparity.test", list(), list("192.0.2.61")),
		"reverse6":                       list("reverse.pyparity.test", list(), list("2001:db8::61")),
		"idna":                           list("192.0.2.46"),
		"hosts":                          list("hosts-one.pyparity.test", list("hosts-one", "hosts-uno"), list("192.0.2.10")),
		"hosts first":                    list("192.0.2.17"),
		"own name":                       list("a-host.pyparity.test", list("a-host"), list("127.0.1.1")),
		"full name":                      "a-host.pyparity.test",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	// A static Go program in the same image asks the same server.
	p, err := b.Command(t.Context(), image, "a-host", b.stub, "resolve", "several.pyparity.test")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	}()
	if out, err := io.ReadAll(p.Stdout()); err != nil || string(out) != "192.0.2.33 192.0.2.31 192.0.2.32\n" {
		t.Errorf("Go sees %q, %v; standard error: %s", out, err, p.Stderr())
	}
}

func TestCommand(t *testing.T) {
	t.Parallel()
	b := openBed(t)
	p, err := b.Command(t.Context(), b.image(t, "3.13"), "pyparity-1", b.stub, "echo")
	if err != nil {
		t.Fatal(err)
	}
	out := bufio.NewReader(p.Stdout())
	// A line longer than any buffer between here and there.
	for _, line := range []string{"first\n", strings.Repeat("x", 60<<10) + "\n"} {
		if _, err := io.WriteString(p.Stdin(), line); err != nil {
			t.Fatal(err)
		}
		if got, err := out.ReadString('\n'); err != nil || got != line {
			t.Errorf("got %d octets, %v; want %d", len(got), err, len(line))
		}
	}
	for range 2 {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	}
	if b.there(t, p.ID()) {
		t.Error("the container is still there after Close")
	}
	if _, err := out.ReadByte(); err == nil {
		t.Error("standard output goes on after Close")
	}
}

func TestACommandThatFails(t *testing.T) {
	t.Parallel()
	b := openBed(t)
	image := b.image(t, "3.13")
	tests := []struct {
		command []string
		status  int
		stderr  string
	}{
		{[]string{"python3.13", "-c", "import sys; sys.exit(3)"}, 3, "status 3"},
		{[]string{"python3.13", "-c", "import os; os.kill(os.getpid(), 9)"}, 128 + 9, "status 137"},
		{[]string{"no-such-program"}, 1, "no-such-program"},
	}
	for _, test := range tests {
		p, err := b.start(t.Context(), image, "pyparity-0", b.stub, test.command...)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, p.Stdout()); err != nil {
			t.Error(err)
		}
		if status := wait(t, p); status != test.status || !strings.Contains(p.Stderr(), test.stderr) {
			t.Errorf("%v: status %d, standard error %q; want %d and %q", test.command, status, p.Stderr(), test.status, test.stderr)
		}
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestStartFails(t *testing.T) {
	t.Parallel()
	b := openBed(t)
	image := b.image(t, "3.13")
	unreadable := filepath.Join(t.TempDir(), "unreadable")
	if err := os.WriteFile(unreadable, nil, 0o700); err != nil {
		t.Fatal(err)
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	tests := map[string]struct {
		ctx      context.Context
		image    Image
		hostname string
		binary   string
		want     string
	}{
		"no executable":          {t.Context(), image, "h", b.stub + ".none", "no such file"},
		"a private executable":   {t.Context(), image, "h", unreadable, "chmod"},
		"no image":               {t.Context(), Image{Name: "none", ID: "sha256:" + strings.Repeat("0", 64)}, "h", b.stub, "start a container of none"},
		"a host name of no kind": {t.Context(), image, "a/b", b.stub, "host name"},
		"the run is over":        {over, image, "h", b.stub, context.Canceled.Error()},
	}
	for name, test := range tests {
		p, err := b.Command(test.ctx, test.image, test.hostname, test.binary, "echo")
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, error %v, want one with %q", name, p, err, test.want)
		}
	}
}

func TestCloseEndsWhatRuns(t *testing.T) {
	t.Parallel()
	b := openBed(t)
	image := b.image(t, "3.13")
	var ids []string
	for range 3 {
		p, err := b.Command(t.Context(), image, "pyparity-0", b.stub, "hang")
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, p.ID())
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
	for _, id := range ids {
		if b.there(t, id) {
			t.Errorf("container %.12s is still there", id)
		}
	}
	if _, err := os.Stat(b.dir); !os.IsNotExist(err) {
		t.Errorf("the session's directory is still there: %v", err)
	}
	if p, err := b.Command(t.Context(), image, "pyparity-0", b.stub, "echo"); err == nil {
		t.Errorf("a closed session started %s", p.ID())
	}
}

// A process that is killed cannot clean up. Its container ends by itself, even
// with a command that never reads, and the next session takes its files.
func TestNothingSurvivesAKill(t *testing.T) {
	t.Parallel()
	b := openBed(t)
	b.image(t, "3.13")
	for _, command := range []string{"echo", "hang"} {
		t.Run(command, func(t *testing.T) {
			t.Parallel()
			holder := exec.Command(b.stub, "hold", "3.13", command)
			holder.Stderr = os.Stderr
			holder.Env = append(os.Environ(), "TMPDIR="+t.TempDir())
			out, err := holder.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := holder.Start(); err != nil {
				t.Fatal(err)
			}
			id, err := bufio.NewReader(out).ReadString('\n')
			if err != nil {
				t.Fatal(err)
			}
			id = strings.TrimSpace(id)
			if !b.there(t, id) {
				t.Errorf("there is no container %q", id)
			}
			if err := holder.Process.Signal(syscall.SIGKILL); err != nil {
				t.Fatal(err)
			}
			_ = holder.Wait() // killed, as was asked for
			b.gone(t, id)
		})
	}
}

// A killed process may leave a container that was never started.
func TestSweep(t *testing.T) {
	t.Parallel()
	b := openBed(t)
	image := b.image(t, "3.13")
	dead := b.owner
	dead.start += "0"
	var ids []string
	for _, o := range []owner{dead, b.owner} {
		request, err := b.request(image, "pyparity-0", b.stub, nil, []string{"true"})
		if err != nil {
			t.Fatal(err)
		}
		request.Labels[ownerLabel] = o.String()
		made, err := b.provider.CreateContainer(t.Context(), request)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, made.GetContainerID())
		t.Cleanup(func() {
			if err := b.removeContainer(context.Background(), made.GetContainerID()); err != nil {
				t.Error(err)
			}
		})
	}
	if err := b.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.gone(t, ids[0])
	if !b.there(t, ids[1]) {
		t.Error("the container of a living process was swept away")
	}
}
