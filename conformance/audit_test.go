package conformance_test

import (
	"strings"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"go.starlark.net/starlarkstruct"

	"github.com/pyparity/pyparity/conformance"
	"github.com/pyparity/pyparity/fixtures"
	"github.com/pyparity/pyparity/harness/audit"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/pysocket"
)

// A sample of what 'pyparity audit' runs: one wrong port in a hundred and twenty, which the
// behaviours catch or which is declared to survive.
var _ = Describe("The corpus", func() {
	It("tells wrong ports from the right one", func(ctx SpecContext) {
		all := conformance.Mutants()
		Expect(len(all)).To(BeNumerically(">=", 600))
		var sample []audit.Mutant
		for i := 0; i < len(all); i += 120 {
			sample = append(sample, all[i])
		}
		bed := openBed(ctx, func(string) {})
		DeferCleanup(func() { Expect(bed.Close()).To(Succeed()) })
		port, err := bed.Subject(conformance.GoSubject)
		Expect(err).NotTo(HaveOccurred())
		findings, err := audit.Run(ctx, suite, audit.Options{
			Python: conformance.AuditPython, Subject: port, Mutants: sample, Jobs: 2, Quick: true,
		})
		Expect(err).NotTo(HaveOccurred())
		declared, err := audit.LoadSurvivors(fixtures.Survivors(), fixtures.SurvivorsName)
		Expect(err).NotTo(HaveOccurred())
		summary := audit.Summarise(conformance.AuditPython, findings, declared, false)
		var text strings.Builder
		Expect(summary.Write(&text)).To(Succeed())
		Expect(summary.Green()).To(BeTrue(), "%s", text.String())
	})
})

// Whatever the module and its sockets offer has a row in the tables.
func TestEverythingPublicIsAudited(t *testing.T) {
	g := NewWithT(t)
	audited := map[string]bool{}
	for _, m := range conformance.Mutants() {
		audited[m.Callable] = true
	}
	version, err := pyval.ParseVersion(conformance.AuditPython)
	g.Expect(err).NotTo(HaveOccurred())
	module, err := pysocket.Module(pysocket.Options{Python: version})
	g.Expect(err).NotTo(HaveOccurred())
	members := module.(*starlarkstruct.Module).Members
	for name, member := range members {
		if strings.HasPrefix(name, "_") {
			continue
		}
		if pyval.TypeOf(member) == pyval.BuiltinFunctionType || pyval.TypeOf(member) == pyval.FunctionType {
			g.Expect(audited).To(HaveKey(name))
		}
	}
	for _, name := range members["socket"].(*pyval.Class).AttrNames() {
		if !strings.HasPrefix(name, "_") {
			g.Expect(audited).To(HaveKey("socket." + name))
		}
	}
}
