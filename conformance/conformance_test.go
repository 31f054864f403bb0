package conformance_test

import (
	"context"
	"fmt"
	"os"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/pyparity/pyparity/conformance"
	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/specs"
	"github.com/pyparity/pyparity/harness/subject"
)

func TestConformance(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Python's socket on CPython and on the Go port")
}

var (
	suite   *harness.Suite
	checker *harness.Checker
)

// The tree is built from the corpus before any spec runs, so the corpus is
// loaded here.
var _ = func() bool {
	var err error
	if suite, err = conformance.NewSuite(conformance.Folders{}); err != nil {
		panic(err)
	}
	return specs.Declare(specs.Tree{
		Suite:   suite,
		Pythons: conformance.DefaultPythons(),
		Checker: func(context.Context) *harness.Checker { return checker },
	})
}()

// The first process obtains the images, so that parallel ones find them.
var _ = SynchronizedBeforeSuite(func(ctx SpecContext) {
	b := openBed(ctx, func(text string) { fmt.Println(text) })
	Expect(b.Prepare(ctx, conformance.DefaultPythons())).To(Succeed())
	Expect(b.Close()).To(Succeed())
}, func(ctx SpecContext) {
	bed := openBed(ctx, func(string) {})
	DeferCleanup(func() { Expect(bed.Close()).To(Succeed()) })
	port, err := bed.Subject(conformance.GoSubject)
	Expect(err).NotTo(HaveOccurred())
	checker, err = suite.Checker(ctx, harness.Options{
		Pythons: conformance.DefaultPythons(), Live: bed.Live(), Subjects: []subject.Subject{port},
		Strict: os.Getenv(conformance.StrictVariable) != "",
	})
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(checker.Close)
})

func openBed(ctx context.Context, note func(string)) *conformance.Bed {
	mode, err := conformance.ParseMode("")
	Expect(err).NotTo(HaveOccurred())
	b, err := conformance.OpenBed(ctx, mode, note)
	Expect(err).NotTo(HaveOccurred())
	return b
}
