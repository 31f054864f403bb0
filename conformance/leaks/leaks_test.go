//go:build linux && !race

// Package leaks runs the corpus on the port in one process, where a descriptor
// that is left behind stays to be seen.
package leaks

import (
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/pyparity/pyparity/conformance"
	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/behaviour"
	"github.com/pyparity/pyparity/harness/subject"
)

// pooled is how many epoll instances the port keeps for later.
const pooled = 64

// After the whole corpus there are as many sockets, pipes and files as before,
// once what the behaviours did not close is collected.
func TestTheCorpusLeavesNoDescriptors(t *testing.T) {
	g := NewWithT(t)
	suite, err := conformance.NewSuite(conformance.Folders{})
	g.Expect(err).NotTo(HaveOccurred())
	bed, err := conformance.OpenBed(t.Context(), conformance.Recorded, func(string) {})
	g.Expect(err).NotTo(HaveOccurred())
	port, err := bed.Subject(conformance.GoInProcess)
	g.Expect(err).NotTo(HaveOccurred())
	var selected []*behaviour.Behaviour
	for _, b := range suite.Corpus.Behaviours {
		if !slices.ContainsFunc(b.Requires, ofContainer) && !takesNumbers(b) {
			selected = append(selected, b)
		}
	}
	g.Expect(len(selected)).To(BeNumerically(">", 100))
	checker, err := suite.Checker(t.Context(), harness.Options{Pythons: []string{"3.13"}, Subjects: []subject.Subject{port}})
	g.Expect(err).NotTo(HaveOccurred())
	defer checker.Close()
	checker.Check(t.Context(), selected[0], "3.13") // what is opened once
	others, epolls := descriptors(t)
	for i := 0; i < len(selected); {
		file, _, _ := strings.Cut(selected[i].ID, ".")
		end := i
		for end < len(selected) && strings.HasPrefix(selected[end].ID, file+".") {
			end++
		}
		for _, b := range selected[i:end] {
			res := checker.Check(t.Context(), b, "3.13")[0]
			if res.Verdict == harness.Hang || res.Verdict == harness.Crash {
				t.Errorf("%s: %s, and what it had open stays: %s", b.ID, res.Verdict, res.Reason)
			}
		}
		left := others
		for range 20 { // goroutines may be on their way out
			if left, _ = descriptors(t); len(left) <= len(others) {
				break
			}
			time.Sleep(50 * time.Millisecond)
		}
		if len(left) > len(others) {
			t.Errorf("%s left %d descriptors:\n%s", file, len(left)-len(others), strings.Join(left, "\n"))
			others = left
		}
		i = end
	}
	_, now := descriptors(t)
	g.Expect(now).To(BeNumerically("<=", epolls+pooled), "epoll instances, %d before", epolls)
	t.Logf("%d behaviours, %d epoll instances", len(selected), now)
}

// ofContainer reports whether only the container has it: names, rights.
func ofContainer(r behaviour.Requirement) bool {
	return r.String() == "container" || r.String() == "root"
}

var (
	// numbers is what makes descriptors that are plain numbers to Python too: nobody
	// but the behaviour could close them, and few do. That of fromfd stays, in
	// CPython too, when the socket cannot be made, as it stays where an auditing hook
	// refuses what accept and socketpair have opened, and where __init__ makes a
	// socket of one that is open.
	numbers = regexp.MustCompile(`\b(detach|fromfd|pipe|recv_fds|addaudithook|__init__)\b|\b(os|socket)\.dup\b`)
	// rights are descriptors that come with a message, for whoever receives it.
	rights = regexp.MustCompile(`\b(send_fds|SCM_RIGHTS)\b`)
	// The descriptor of dup is its socket's, unless what the class or the module was
	// given keeps that from being made: then it stays, in CPython too.
	dup, given = regexp.MustCompile(`\bdup\(`), regexp.MustCompile(`\btype\("|\b_intenum_converter\b`)
)

func takesNumbers(b *behaviour.Behaviour) bool {
	has := func(what *regexp.Regexp) bool {
		return slices.ContainsFunc(b.Steps, func(step behaviour.Step) bool { return what.MatchString(step.Text) })
	}
	return has(numbers) || has(rights) || has(dup) && has(given)
}

// descriptors are what the process has open, apart from epoll instances, and how
// many those are.
func descriptors(t *testing.T) (others []string, epolls int) {
	t.Helper()
	runtime.GC()
	runtime.GC() // what the first one's clean-ups let go of
	time.Sleep(20 * time.Millisecond)
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		link, err := os.Readlink(filepath.Join("/proc/self/fd", entry.Name()))
		switch {
		case err != nil: // that of ReadDir
		case strings.Contains(link, "eventpoll"):
			epolls++
		default:
			others = append(others, entry.Name()+" "+link)
		}
	}
	return others, epolls
}
