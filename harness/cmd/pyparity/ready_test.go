package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"go.yaml.in/yaml/v3"
)

// The files that are ready to be used elsewhere are read here by the rules of the
// system that they are for, as far as they use it: a field that is not known is an
// error. Their scripts are run with a pyparity and a make that only note how they
// were called, and those calls have to be ones that this command understands.

const root = "../../.."

// A workflow is what GitHub calls one.
type workflow struct {
	Name        string            `yaml:"name"`
	On          map[string]any    `yaml:"on"`
	Permissions map[string]string `yaml:"permissions"`
	Concurrency struct {
		Group  string `yaml:"group"`
		Cancel bool   `yaml:"cancel-in-progress"`
	} `yaml:"concurrency"`
	Env  map[string]string      `yaml:"env"`
	Jobs map[string]workflowJob `yaml:"jobs"`
}

type workflowJob struct {
	Name     string `yaml:"name"`
	RunsOn   string `yaml:"runs-on"`
	Needs    string `yaml:"needs"`
	If       string `yaml:"if"`
	Timeout  int    `yaml:"timeout-minutes"`
	Strategy struct {
		FailFast *bool            `yaml:"fail-fast"`
		Matrix   map[string][]int `yaml:"matrix"`
	} `yaml:"strategy"`
	Steps []workflowStep `yaml:"steps"`
}

type workflowStep struct {
	Name string            `yaml:"name"`
	If   string            `yaml:"if"`
	Uses string            `yaml:"uses"`
	With map[string]string `yaml:"with"`
	Run  string            `yaml:"run"`
}

func decodeStrictly[T any](t *testing.T, name string) []T {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	var all []T
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	for {
		var v T
		err := dec.Decode(&v)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all = append(all, v)
	}
}

// A stage is a folder in which scripts run that call a pyparity and a make which
// are none.
type scriptStage struct {
	*testing.T
	dir string
}

func newScriptStage(t *testing.T) *scriptStage {
	s := &scriptStage{t, t.TempDir()}
	g := NewWithT(t)
	g.Expect(os.Mkdir(filepath.Join(s.dir, "bin"), 0o755)).To(Succeed())
	const stub = "#!/bin/sh\n{ echo \"${0##*/}\"; printf '%s\\n' \"$@\"; echo; } >> \"$CALLS\"\nexit \"$EXIT\"\n"
	for _, name := range []string{"pyparity", "make"} {
		g.Expect(os.WriteFile(filepath.Join(s.dir, "bin", name), []byte(stub), 0o755)).To(Succeed())
	}
	return s
}

// run runs a script whose calls end with an exit code, and returns the calls.
func (s *scriptStage) run(exit int, env map[string]string, command ...string) ([][]string, error) {
	s.Helper()
	calls := filepath.Join(s.dir, "calls")
	os.Remove(calls)
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Dir = s.dir
	cmd.Env = []string{
		"PATH=" + filepath.Join(s.dir, "bin") + ":" + os.Getenv("PATH"), "CALLS=" + calls, fmt.Sprint("EXIT=", exit),
		"GITHUB_STEP_SUMMARY=" + filepath.Join(s.dir, "summary"),
	}
	for name, value := range env {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	out, err := cmd.CombinedOutput()
	if err != nil {
		err = fmt.Errorf("%w: %s", err, out)
	}
	data, readErr := os.ReadFile(calls)
	if readErr != nil {
		return nil, err
	}
	var all [][]string
	for call := range strings.SplitSeq(strings.TrimSuffix(string(data), "\n\n"), "\n\n") {
		all = append(all, strings.Split(call, "\n"))
	}
	return all, err
}

// understood fails where this command would refuse a call.
func understood(t *testing.T, call []string) {
	t.Helper()
	switch call[0] {
	case "make":
		makefile, err := os.ReadFile(filepath.Join(root, "Makefile"))
		if err != nil || !regexp.MustCompile(`(?m)^`+call[1]+`:`).Match(makefile) {
			t.Errorf("there is no make %s (%v)", call[1], err)
		}
	case "pyparity":
		cmd, rest, err := newRoot().Find(call[1:])
		if err == nil {
			err = cmd.ParseFlags(rest)
		}
		if err == nil {
			err = cmd.ValidateArgs(cmd.Flags().Args())
		}
		if err == nil {
			err = cmd.ValidateRequiredFlags()
		}
		if err != nil {
			t.Errorf("%s: %v", strings.Join(call, " "), err)
		}
	}
}

var expression = regexp.MustCompile(`\$\{\{\s*([\w.]+)\s*\}\}`)

func TestWorkflow(t *testing.T) {
	g := NewWithT(t)
	w := decodeStrictly[workflow](t, ".github/workflows/parity.yml")[0]
	g.Expect(w.On).To(HaveKey("pull_request"))
	g.Expect(w.Permissions).To(Equal(map[string]string{"contents": "read"}))
	uploaded := []string{}
	stage := newScriptStage(t)
	g.Expect(os.MkdirAll(filepath.Join(stage.dir, "report"), 0o755)).To(Succeed())
	for _, name := range []string{"report/report.md", "report/report.json"} {
		g.Expect(os.WriteFile(filepath.Join(stage.dir, name), nil, 0o644)).To(Succeed())
	}
	calls := [][]string{}
	// Jobs in the order in which they run.
	for _, name := range []string{"run", "report"} {
		job, ok := w.Jobs[name]
		g.Expect(ok).To(BeTrue(), name)
		g.Expect(job.RunsOn).To(HavePrefix("ubuntu-"))
		if job.Needs != "" {
			g.Expect(w.Jobs).To(HaveKey(job.Needs))
		}
		for _, step := range job.Steps {
			g.Expect((step.Uses == "") != (step.Run == "")).To(BeTrue(), "a step uses or runs something: %+v", step)
			if step.Uses != "" {
				g.Expect(step.Uses).To(MatchRegexp(`^actions/[\w/-]+@v\d+$`))
			}
			if strings.HasPrefix(step.Uses, "actions/upload-artifact") {
				uploaded = append(uploaded, step.With["name"])
			}
			if step.Run == "" {
				continue
			}
			shards := job.Strategy.Matrix["shard"]
			if shards == nil {
				shards = []int{0}
			}
			for _, shard := range shards {
				script := expression.ReplaceAllStringFunc(step.Run, func(string) string { return strconv.Itoa(shard) })
				made, err := stage.run(0, w.Env, "bash", "-e", "-c", script)
				g.Expect(err).NotTo(HaveOccurred(), step.Run)
				calls = append(calls, made...)
			}
		}
	}
	for _, call := range calls {
		understood(t, call)
	}
	parts := []string{}
	for _, call := range calls {
		if i := slices.Index(call, "--shard"); i >= 0 {
			parts = append(parts, call[i+1])
		}
	}
	g.Expect(parts).To(Equal([]string{"1/4", "2/4", "3/4", "4/4"}), "the matrix has every part of as many as there are")
	g.Expect(uploaded).To(ContainElement("shard-${{ matrix.shard }}"))
	g.Expect(calls).To(ContainElement(HaveExactElements("pyparity", "report", "merge", "shards/*", "-o", "report")))

	// The next run has a base: the one before.
	made, err := stage.run(0, nil, "bash", "-e", "-c", w.Jobs["report"].Steps[5].Run)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(made[0]).To(ContainElements("--base", "base/report.json"))
	understood(t, made[0])

	// Differences do not end a part, an error does.
	run := strings.ReplaceAll(w.Jobs["run"].Steps[3].Run, "${{ matrix.shard }}", "1")
	for exit, fails := range map[int]bool{0: false, 1: false, 2: true} {
		_, err := stage.run(exit, w.Env, "bash", "-e", "-c", run)
		g.Expect(err != nil).To(Equal(fails), "exit code %d", exit)
	}
}

// A manifest is what Kubernetes calls a Job or a claim of a volume, in as much of
// its fields as is used here.
type manifest struct {
	APIVersion string   `yaml:"apiVersion"`
	Kind       string   `yaml:"kind"`
	Metadata   metadata `yaml:"metadata"`
	Spec       struct {
		AccessModes           []string  `yaml:"accessModes"`
		Resources             resources `yaml:"resources"`
		CompletionMode        string    `yaml:"completionMode"`
		Completions           int       `yaml:"completions"`
		Parallelism           int       `yaml:"parallelism"`
		BackoffLimit          *int      `yaml:"backoffLimit"`
		BackoffLimitPerIndex  *int      `yaml:"backoffLimitPerIndex"`
		ActiveDeadlineSeconds int       `yaml:"activeDeadlineSeconds"`
		Template              struct {
			Metadata metadata `yaml:"metadata"`
			Spec     struct {
				RestartPolicy string      `yaml:"restartPolicy"`
				Containers    []container `yaml:"containers"`
				Volumes       []struct {
					Name  string `yaml:"name"`
					Claim struct {
						Name string `yaml:"claimName"`
					} `yaml:"persistentVolumeClaim"`
				} `yaml:"volumes"`
			} `yaml:"spec"`
		} `yaml:"template"`
	} `yaml:"spec"`
}

type metadata struct {
	Name   string            `yaml:"name"`
	Labels map[string]string `yaml:"labels"`
}

type resources struct {
	Requests map[string]string `yaml:"requests"`
}

type container struct {
	Name    string   `yaml:"name"`
	Image   string   `yaml:"image"`
	Command []string `yaml:"command"`
	Env     []struct {
		Name  string `yaml:"name"`
		Value string `yaml:"value"`
	} `yaml:"env"`
	VolumeMounts []struct {
		Name      string `yaml:"name"`
		MountPath string `yaml:"mountPath"`
	} `yaml:"volumeMounts"`
	Resources resources `yaml:"resources"`
}

func TestKubernetesManifest(t *testing.T) {
	g := NewWithT(t)
	all := decodeStrictly[manifest](t, "reports/ready/kubernetes.yaml")
	g.Expect(all).To(HaveLen(3))
	claim, run, report := all[0], all[1], all[2]
	g.Expect(claim.APIVersion + " " + claim.Kind).To(Equal("v1 PersistentVolumeClaim"))
	for _, m := range all[1:] {
		g.Expect(m.APIVersion + " " + m.Kind).To(Equal("batch/v1 Job"))
		pod := m.Spec.Template.Spec
		g.Expect(pod.RestartPolicy).To(Equal("Never"))
		g.Expect(pod.Volumes[0].Claim.Name).To(Equal(claim.Metadata.Name))
		g.Expect(pod.Containers[0].VolumeMounts[0].Name).To(Equal(pod.Volumes[0].Name))
		g.Expect(pod.Containers[0].VolumeMounts[0].MountPath).To(Equal("/reports"))
	}
	g.Expect(run.Spec.CompletionMode).To(Equal("Indexed"))
	c := run.Spec.Template.Spec.Containers[0]
	g.Expect(c.Env).To(HaveLen(1))
	g.Expect(c.Env[0].Value).To(Equal(strconv.Itoa(run.Spec.Completions)), "as many shards as pods")

	stage := newScriptStage(t)
	for index := range run.Spec.Completions {
		env := map[string]string{"JOB_COMPLETION_INDEX": strconv.Itoa(index), c.Env[0].Name: c.Env[0].Value}
		calls, err := stage.run(1, env, c.Command...)
		g.Expect(err).NotTo(HaveOccurred(), "differences do not fail a pod")
		g.Expect(calls).To(HaveLen(1))
		understood(t, calls[0])
		g.Expect(calls[0]).To(ContainElements("--shard", fmt.Sprintf("%d/%d", index+1, run.Spec.Completions),
			"--report", fmt.Sprintf("/reports/shard-%d", index)))
		_, err = stage.run(2, env, c.Command...)
		g.Expect(err).To(HaveOccurred())
	}
	calls, err := stage.run(0, nil, report.Spec.Template.Spec.Containers[0].Command...)
	g.Expect(err).NotTo(HaveOccurred())
	understood(t, calls[0])
	g.Expect(calls[0][:3]).To(Equal([]string{"pyparity", "report", "merge"}))
}
