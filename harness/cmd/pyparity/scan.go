package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/behaviour"
	"github.com/pyparity/pyparity/impl/surface"
	"github.com/pyparity/pyparity/pyref"
)

func newScanCommand() *cobra.Command {
	var s settings
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "scan FILE.py...",
		Short: "List the socket calls of Python programs, with what is known of each and its Go form",
		Long: `Scan reads Python programs without running them, and lists where they use the
socket module: each call with the verdicts of the behaviours that are about it, and
the Go function that replaces it. A CPython parses the programs, so it needs
Docker. A call that is marked with ? is of something that may be a socket.

Exit code 1 means that a program uses what differs, or what no behaviour is about.`,
		Example: `  pyparity scan client.py server.py
  pyparity scan --python 3.9 --json legacy.py
  cat client.py | pyparity scan -`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			programs, err := readPrograms(cmd.InOrStdin(), args)
			if err != nil {
				return err
			}
			suite, _, err := s.load(nil)
			if err != nil {
				return err
			}
			progress := newProgress(cmd.ErrOrStderr())
			st, err := s.open(cmd, progress)
			if err != nil {
				return err
			}
			defer closeBed(cmd, st.bed)
			newest := s.pythons[len(s.pythons)-1]
			scanned, err := st.bed.Scan(cmd.Context(), newest, programs)
			if err != nil {
				return err
			}
			rows, err := surface.Rows(newest)
			if err != nil {
				return err
			}
			sc := newScan(suite.Corpus.Behaviours, scanned, rows)
			if st.opts.Selected = sc.selected(); len(st.opts.Selected) > 0 {
				run, err := suite.Run(cmd.Context(), st.opts)
				progress.end()
				if err != nil {
					return err
				}
				if run.Incomplete != "" {
					return fmt.Errorf("the scan is incomplete: %s", run.Incomplete)
				}
				sc.judge(run)
			}
			if asJSON {
				err = writeJSON(cmd.OutOrStdout(), sc)
			} else {
				sc.writeText(cmd.OutOrStdout())
			}
			if err == nil && !sc.green() {
				err = errNotGreen
			}
			return err
		},
	}
	s.addPythons(cmd.Flags())
	s.addSubject(cmd.Flags())
	s.addCorpus(cmd.Flags())
	s.addJobs(cmd.Flags())
	cmd.Flags().BoolVar(&asJSON, "json", false, "print an object with the programs and the names that they use")
	return cmd
}

// readPrograms reads files; "-" is the standard input.
func readPrograms(stdin io.Reader, names []string) ([]pyref.ProgramText, error) {
	programs := make([]pyref.ProgramText, len(names))
	for i, name := range names {
		var data []byte
		var err error
		if name == "-" {
			data, err = io.ReadAll(stdin)
		} else {
			data, err = os.ReadFile(name)
		}
		if err != nil {
			return nil, err
		}
		programs[i] = pyref.ProgramText{Name: name, Text: data}
	}
	return programs, nil
}

// A scan is what programs use, and what is known of it.
type scan struct {
	Programs []pyref.ScannedProgram `json:"programs"`
	Names    []*scannedName         `json:"names"` // in the order of their first use

	named map[string]*scannedName
}

// A scannedName is a name of the module that programs use.
type scannedName struct {
	Name       string         `json:"name"`       // "socket.socket.recv"
	Go         string         `json:"go"`         // "socket.Socket.Recv", empty if there is none
	File       string         `json:"file"`       // where that is
	Called     bool           `json:"called"`     // a program calls it; of what is only named no behaviour is run
	Behaviours []string       `json:"behaviours"` // the ids of those that are about it
	Verdicts   map[string]int `json:"verdicts"`   // how many, over all Pythons and subjects
	Red        []redVerdict   `json:"red"`        // those that are not green

	about []*behaviour.Behaviour
}

type redVerdict struct {
	Behaviour string `json:"behaviour"`
	Subject   string `json:"subject"`
	Python    string `json:"python"`
	Verdict   string `json:"verdict"`
}

func newScan(corpus []*behaviour.Behaviour, programs []pyref.ScannedProgram, rows []surface.Row) *scan {
	places := map[string]surface.Place{}
	for _, row := range rows {
		places[row.Python] = row.Place
	}

	s := &scan{Programs: programs, Names: []*scannedName{}, named: map[string]*scannedName{}}
	for _, program := range programs {
		for _, use := range program.Uses {
			n := s.named[use.Name]
			if n == nil {
				n = &scannedName{
					Name: use.Name, Go: places[use.Name].Go, File: places[use.Name].File,
					Behaviours: []string{}, Verdicts: map[string]int{}, Red: []redVerdict{},
				}
				s.named[use.Name] = n
				s.Names = append(s.Names, n)
			}
			n.Called = n.Called || use.Kind == "call"
		}
	}
	for _, n := range s.Names {
		if !n.Called {
			continue
		}
		// Steps name what a module offers with the module, and methods without.
		touched := n.Name
		if method, ok := strings.CutPrefix(n.Name, "socket.socket."); ok {
			touched = method
		}
		for _, b := range corpus {
			if slices.Contains(b.Touches, touched) {
				n.about = append(n.about, b)
				n.Behaviours = append(n.Behaviours, b.ID)
			}
		}
	}
	return s
}

// selected are the behaviours that are about what is called, each once.
func (s *scan) selected() []*behaviour.Behaviour {
	var all []*behaviour.Behaviour
	seen := map[string]bool{}
	for _, n := range s.Names {
		for _, b := range n.about {
			if !seen[b.ID] {
				seen[b.ID] = true
				all = append(all, b)
			}
		}
	}
	return all
}

func (s *scan) judge(run harness.Run) {
	byID := map[string][]harness.Result{}
	for _, res := range run.Results {
		byID[res.Behaviour.ID] = append(byID[res.Behaviour.ID], res)
	}
	for _, n := range s.Names {
		for _, id := range n.Behaviours {
			for _, res := range byID[id] {
				n.Verdicts[string(res.Verdict)]++
				if !res.Verdict.Green() && res.Verdict != harness.Unsupported {
					n.Red = append(n.Red, redVerdict{id, res.Subject, res.Python, string(res.Verdict)})
				}
			}
		}
	}
}

// green reports whether everything could be read, and all that is called is known
// to do what it does in Python.
func (s *scan) green() bool {
	for _, program := range s.Programs {
		if program.Error != "" {
			return false
		}
	}
	for _, n := range s.Names {
		if n.Called && (len(n.Behaviours) == 0 || len(n.Red) > 0) {
			return false
		}
	}
	return true
}

func (s *scan) writeText(w io.Writer) {
	for _, program := range s.Programs {
		fmt.Fprintln(w, program.Name)
		switch {
		case program.Error != "":
			fmt.Fprintf(w, "  cannot be read: %s\n", program.Error)
		case len(program.Uses) == 0:
			fmt.Fprintln(w, "  does not use the module")
		}
		first := map[string]int{}
		for _, use := range program.Uses {
			if use.Kind != "call" {
				continue
			}
			s.writeCall(w, use, first[use.Name])
			if first[use.Name] == 0 {
				first[use.Name] = use.Line
			}
		}
		named, lacking := s.onlyNamed(program)
		if len(named) > 0 {
			fmt.Fprintf(w, "  and names %s\n", strings.Join(named, ", "))
		}
		if len(lacking) > 0 {
			fmt.Fprintf(w, "  and names that this Python lacks: %s\n", strings.Join(lacking, ", "))
		}
		fmt.Fprintln(w)
	}
	calls, red, unknown := 0, 0, 0
	for _, n := range s.Names {
		if n.Called {
			calls++
			red += min(1, len(n.Red))
			if len(n.Behaviours) == 0 {
				unknown++
			}
		}
	}
	fmt.Fprintf(w, "%d names are called; %d behaviours are about them. %d of the names differ, %d are in no behaviour.\n",
		calls, len(s.selected()), red, unknown)
}

// writeCall writes a call, with what is known of it unless that stands at an
// earlier line of the program already.
func (s *scan) writeCall(w io.Writer, use pyref.Use, before int) {
	n := s.named[use.Name]
	mark := ""
	if !use.Sure {
		mark = " ?"
	}
	fmt.Fprintf(w, "  %4d  %s%s\n", use.Line, use.Text, mark)
	if before > 0 {
		fmt.Fprintf(w, "        %s: as in line %d\n", use.Name, before)
		return
	}
	goes := n.Go + " (" + n.File + ")"
	if n.Go == "" {
		goes = "no such name in this Python"
	}
	fmt.Fprintf(w, "        %s → %s: %s\n", use.Name, goes, n.summary())
	for _, red := range n.Red {
		fmt.Fprintf(w, "        ✗ %s  %s  ·  %s  ·  Python %s\n", red.Verdict, red.Behaviour, red.Subject, red.Python)
	}
}

// summary counts the verdicts on the behaviours that are about the name.
func (n *scannedName) summary() string {
	if len(n.Behaviours) == 0 {
		return "no behaviour is about it"
	}
	var parts []string
	for _, v := range harness.Verdicts {
		if count := n.Verdicts[string(v)]; count > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", count, v))
		}
	}
	return fmt.Sprintf("%d behaviours, %s", len(n.Behaviours), strings.Join(parts, ", "))
}

// onlyNamed are what the program names and does not call, constants and exceptions
// mostly, with their Go form where that is another name; and those that the Python
// does not have on Linux.
func (s *scan) onlyNamed(program pyref.ScannedProgram) (named, lacking []string) {
	seen := map[string]bool{}
	for _, use := range program.Uses {
		if use.Kind == "call" || seen[use.Name] {
			continue
		}
		seen[use.Name] = true
		goes := s.named[use.Name].Go
		switch _, name, _ := strings.Cut(use.Name, "."); {
		case goes == "" && !strings.HasPrefix(name, "_"):
			lacking = append(lacking, use.Name)
		case goes == "" || goes == use.Name:
			named = append(named, use.Name)
		default:
			named = append(named, use.Name+" → "+goes)
		}
	}
	slices.Sort(named)
	slices.Sort(lacking)
	return named, lacking
}
