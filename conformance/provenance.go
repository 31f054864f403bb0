package conformance

import (
	"bytes"
	"runtime"
	"runtime/debug"

	"github.com/pyparity/pyparity/pyref/base/unix"

	"github.com/pyparity/pyparity/harness"
)

// Commit is what the program was built from, where the build says so; make
// sets it, since a build may be told to leave the stamp of its own out.
var Commit string

// Describe adds to a run's provenance what only the machine knows.
func (b *Bed) Describe(p *harness.Provenance) {
	p.Go = runtime.Version()
	p.Commit = BuiltFrom()
	p.Host = map[string]string{"machine": runtime.GOARCH}
	var u unix.Utsname
	if unix.Uname(&u) == nil {
		p.Host["kernel"] = cString(u.Sysname[:]) + " " + cString(u.Release[:])
	}
	if b.session != nil {
		p.Host["docker"] = b.session.Engine()
	}
}

// BuiltFrom is the commit that the program was built from, with "+dirty" where its
// files had been changed; empty where the build does not say.
func BuiltFrom() string {
	if Commit != "" {
		return Commit
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	var revision, dirty string
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			dirty = "+dirty"
		}
	}
	return revision + dirty
}

func cString(b []byte) string {
	text, _, _ := bytes.Cut(b, []byte{0})
	return string(text)
}
