package conformance

import (
	"fmt"

	"github.com/pyparity/pyparity/harness/subject"
)

// AgentCommand is the subcommand of pyparity that runs the port as a subject.
const AgentCommand = "agent"

func inProcess(name string) subject.Subject {
	return &subject.Local{SubjectName: name, New: func(string) (subject.Runner, error) { return nil, fmt.Errorf("not yet") }}
}
