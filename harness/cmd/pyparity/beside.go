package main

import (
	"github.com/spf13/pflag"

	"github.com/pyparity/pyparity/reports"
)

// besideFlags name what other commands found out, for a report to show.
type besideFlags struct{ files reports.BesideFiles }

func (b *besideFlags) add(f *pflag.FlagSet) {
	f.StringVar(&b.files.Upstream, "upstream", "", "what 'pyparity upstream --json' printed (default "+reports.UpstreamFile+" in the report's folder)")
	f.StringVar(&b.files.Audit, "audit", "", "what 'pyparity audit --json' printed (default "+reports.AuditFile+" in the report's folder)")
	f.StringVar(&b.files.Surface, "surface", "", "what 'pyparity surface --json' printed (default "+reports.SurfaceFile+" in the report's folder)")
}

// read reads the files that were named and those that a folder has; an empty
// folder has none.
func (b *besideFlags) read(dir string, already reports.Beside) (reports.Beside, error) {
	files := b.files
	if dir != "" {
		files = files.BesideIn(dir)
	}
	return files.Read(already)
}
