package reports

import (
	"context"
	"encoding/json"
	"log"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/pyparity/pyparity/harness"
)

// browserVariable says which browser the page is tested in: a program's path, or
// "required" for one that must be found. Without it the tests are skipped where
// there is none.
const browserVariable = "PYPARITY_BROWSER"

func browserProgram(t *testing.T) string {
	t.Helper()
	wanted := os.Getenv(browserVariable)
	if wanted != "" && wanted != "required" {
		return wanted
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	const lack = "the page is not tested in a browser: there is no chromium here (Debian: apt-get install chromium)"
	if wanted != "" {
		t.Fatalf("%s=required, but %s", browserVariable, lack)
	}
	t.Skip(lack)
	return ""
}

// patience is for a machine that does a lot besides.
const patience = 4 * time.Minute

// A browser runs pages, and hears what goes wrong in them.
type browser struct {
	*testing.T
	ctx context.Context

	mu    sync.Mutex
	wrong []string
}

func openBrowser(t *testing.T) *browser {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(browserProgram(t)), chromedp.WSURLReadTimeout(patience),
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("hide-scrollbars", true),
		chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1280, 900))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // it refuses to run as root with one
	}
	ctx, stop := context.WithTimeout(context.Background(), patience)
	ctx, stopAllocator := chromedp.NewExecAllocator(ctx, options...)
	ctx, stopBrowser := chromedp.NewContext(ctx, chromedp.WithErrorf(log.New(testWriter{t}, "", 0).Printf))
	b := &browser{T: t, ctx: ctx}
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil {
			t.Logf("closing the browser: %v", err)
		}
		stopBrowser()
		stopAllocator()
		stop()
		b.mu.Lock()
		defer b.mu.Unlock()
		for _, w := range b.wrong {
			t.Error(w)
		}
	})
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatalf("the browser does not start: %v", err)
	}
	call(b, network.Enable, network.EnableParams{})
	call(b, cdplog.Enable, cdp.Empty{})
	return b
}

// testWriter is where the driver's complaints go.
type testWriter struct{ t *testing.T }

func (w testWriter) Write(p []byte) (int, error) {
	// The driver complains of events that are newer than it is, which is none of ours.
	if !strings.Contains(string(p), "unhandled") && !strings.Contains(string(p), "unmarshal") {
		w.t.Logf("the browser: %s", p)
	}
	return len(p), nil
}

// hear notes errors of the page and every request but that for the file itself.
func (b *browser) hear(event any) {
	wrong := ""
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		wrong = "an exception in the page: " + e.ExceptionDetails.Text
	case *cdplog.EventEntryAdded:
		if e.Entry.Level == cdplog.EntryLevelError || e.Entry.Level == cdplog.EntryLevelWarning {
			wrong = "the browser complains: " + e.Entry.Text
		}
	case *network.EventRequestWillBeSent:
		if u := e.Request.URL; !strings.HasPrefix(u, "file:") && !strings.HasPrefix(u, "data:") {
			wrong = "the page asks the network for " + u
		}
	}
	if wrong != "" {
		b.mu.Lock()
		b.wrong = append(b.wrong, wrong)
		b.mu.Unlock()
	}
}

// call sends a command of the protocol.
func call[P, R any](b *browser, command cdp.Command[P, R], params P) {
	b.Helper()
	if _, err := chromedp.Call(b.ctx, command, params); err != nil {
		b.Fatalf("%s: %v", command.Method, err)
	}
}

func (b *browser) do(actions ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.Fatalf("%v", err)
	}
}

// open shows a page in a fresh document and waits until it is there.
func (b *browser) open(file, address string) {
	b.Helper()
	b.do(chromedp.Navigate("about:blank"), chromedp.Navigate("file://"+file+address),
		chromedp.WaitReady(chromedp.CSS(`html[data-ready]`)))
}

// value evaluates an expression of JavaScript.
func value[T any](b *browser, expression string) T {
	b.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.Fatalf("%s: %v", expression, err)
	}
	return v
}

// until waits for an expression to become true.
func (b *browser) until(expression string) {
	b.Helper()
	poll := chromedp.Poll[any]("Boolean("+expression+")", chromedp.WithPollingTimeout(patience/4))
	if _, err := chromedp.Run(b.ctx, poll); err != nil {
		b.Fatalf("%s does not become true: %v", expression, err)
	}
}

// shoot keeps a picture of what is shown, for a person to look at, where go test
// is told to keep such things (see b.ArtifactDir).
func (b *browser) shoot(name string) {
	b.Helper()
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(b.ArtifactDir(), name+".png"), png, 0o644); err != nil {
		b.Error(err)
	}
}

// click clicks where an element is once nothing moves any more: the place is
// asked for first and clicked at next, and what was drawn late may come between.
func (b *browser) click(selector string) {
	b.Helper()
	const settled = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](settled, chromedp.EvalAwaitPromise)); err != nil {
		b.Fatal(err)
	}
	b.do(chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

// search types into the search of the behaviours, in the place of what is there.
func (b *browser) search(text string) {
	b.Helper()
	const field = `#filters input[type=search]`
	value[bool](b, "document.querySelector(\""+field+"\").value = '', true")
	b.do(chromedp.SendKeys(chromedp.CSS(field), text))
}

func (b *browser) press(keys string) {
	b.Helper()
	b.do(chromedp.KeyEvent(keys))
}

func (b *browser) address() string {
	b.Helper()
	hash, err := url.PathUnescape(value[string](b, "location.hash"))
	if err != nil {
		b.Fatal(err)
	}
	return hash
}

// shown are the ids of the behaviours that are to be seen.
func (b *browser) shown() []string {
	b.Helper()
	return value[[]string](b, `[...document.querySelectorAll(".b")].filter((r) => r.offsetParent).map((r) => r.id)`)
}

func (b *browser) has(what string, got, want any) {
	b.Helper()
	g, _ := json.Marshal(got)
	w, _ := json.Marshal(want)
	if string(g) != string(w) {
		b.Errorf("%s: %s, want %s", what, g, w)
	}
}

func pageFile(t *testing.T, r Report) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "index.html")
	if err := os.WriteFile(name, htmlText(t, r), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

// shownReport is a report with something for every view.
func shownReport() Report {
	run := changingRun()
	run.Results = append(run.Results, everyVerdict("exec:./my-agent", "3.13")...)
	run.Provenance.Subjects = append(run.Provenance.Subjects, run.Provenance.Subjects[0])
	run.Provenance.Subjects[1].Name = "exec:./my-agent"
	r := FromRun(run)
	r.Upstream = json.RawMessage(`[{"python":"3.13","suites":["test_socket"],"stock":{"passed":613,"skipped":127,"failed":0},"go":{"passed":612,"skipped":127,"failed":1},` +
		`"differences":[{"test":"test_socket.BasicTCPTest.testDup","stock":"passed","go":"failed","detail":"AssertionError"}]}]`)
	r.Audit = json.RawMessage(`{"caught":198,"total":200,"kinds":[{"name":"exception","caught":99,"total":100}],` +
		`"survivors":[{"id":"socket.recv/flags","reason":"no such flag here"}]}`)
	r.Surface = json.RawMessage(`[{"python":"socket.socket","kind":"class","go":"socket.Socket","file":"impl/socket/socket.go"},` +
		`{"python":"socket.socket.connect_ex","kind":"method","go":"socket.Socket.ConnectEx","file":"impl/socket/connect.go"},` +
		`{"python":"socket.htons","kind":"function","go":"","file":""},{"python":"socket.text","kind":"int","go":"socket.Text","file":"x.go"}]`)
	return r
}

func TestPageInABrowser(t *testing.T) {
	b := openBrowser(t)
	file := pageFile(t, shownReport())
	sub := func(name string, test func(*browser)) {
		t.Run(name, func(t *testing.T) { test(&browser{T: t, ctx: b.ctx}) })
	}
	sub("overview", func(b *browser) {
		b.open(file, "")
		b.shoot("overview")
		b.has("headline", value[string](b, `document.querySelector(".hero h2").textContent`), FromRun(changingRunOfTwo()).headline()+".")
		b.has("matrix", value[int](b, `document.querySelectorAll(".matrix tbody tr").length`), 3)
		b.has("columns", value[int](b, `document.querySelectorAll(".matrix thead tr:last-child th").length`), 1+3)
		b.has("cards", value[[]string](b, `[...document.querySelectorAll(".card h3")].map((h) => h.textContent)`),
			[]string{"CPython's own tests test_socket", "The audit"})
		b.has("upstream", value[[]string](b, `[...document.querySelectorAll("#upstream tbody tr")].map((r) => r.textContent)`),
			[]string{"CPython 3.136131270", "Go for Python 3.136121271"})
		b.has("rows before anybody asked for them", value[int](b, `document.querySelectorAll(".b, .steps").length`), 0)
	})
	sub("from a cell to the first difference", func(b *browser) {
		b.open(file, "")
		b.click(`.matrix a[href*="area=connect&python=3.9"]`)
		b.until(`document.querySelectorAll(".b").length > 0`)
		b.has("address", b.address(), "#behaviours?area=connect&python=3.9&subject=go")
		b.has("behaviours", len(b.shown()), 12)
		b.click(`[id="connect.differ"] summary`)
		b.until(`document.querySelector('[id="connect.differ"] .steps')`)
		b.has("first difference", value[string](b, `document.querySelector('[id="connect.differ"] .first').textContent`),
			"← first difference value: want 111, got 113")
		b.has("marks", value[[]string](b, `[...document.querySelectorAll('[id="connect.differ"] .steps mark')].slice(0, 2).map((m) => m.textContent)`),
			[]string{"111", "113"})
		b.has("variables", value[[]string](b, `[...document.querySelectorAll('[id="connect.differ"] .steps var')].map((m) => m.textContent)`), []string{"⟨1⟩"})
		b.has("warnings", value[string](b, `document.querySelector('[id="connect.differ"] .warn').textContent`), "⚠ DeprecationWarning: close is old")
		b.has("address", b.address(), "#behaviours?area=connect&python=3.9&subject=go&open=connect.differ")
		b.shoot("difference")
	})
	sub("search", func(b *browser) {
		b.open(file, "#behaviours")
		b.search("surrogate")
		b.until(`location.hash.includes("q=surrogate")`)
		b.has("nothing has it", len(b.shown()), 0)
		b.search("no route HANG")
		b.until(`document.querySelector("#filters output").value.startsWith("0 of")`)
		b.search("no route differ")
		b.until(`document.querySelector("#filters output").value.startsWith("3 of")`)
		b.has("behaviours", b.shown(), []string{"connect.differ", "connect.hostile_text", "connect.known_difference"})
		b.shoot("search")
	})
	sub("a link to a view", func(b *browser) {
		b.open(file, "#behaviours?verdict=hang&verdict=crash&python=3.13")
		b.has("behaviours", b.shown(), []string{"connect.hang", "connect.crash"})
		b.has("verdicts", value[int](b, `document.querySelectorAll("[name=verdict]:checked").length`), 2)
		b.click(`#filters [type=reset]`)
		b.until(`location.hash === "#behaviours"`)
		b.has("all", len(b.shown()), 13)
	})
	sub("a link to a behaviour", func(b *browser) {
		for _, id := range []string{"connect.hang", "connect.old_hang"} {
			b.open(file, "#"+id)
			b.until(`document.querySelector('[id="connect.hang"] .steps')`)
			b.until(`document.activeElement.closest('[id="connect.hang"]')`)
		}
		b.has("where it hung", strings.Contains(value[string](b, `document.querySelector('[id="connect.hang"] .steps').textContent`), "hung: no answer within 5s"), true)
		b.click(`[id="connect.hang"] .labels a`)
		b.until(`location.hash.includes("label=")`)
		b.do(chromedp.NavigateBack())
		b.until(`document.querySelector('[id="connect.hang"]').open`)
	})
	sub("what a subject returned stays text", func(b *browser) {
		b.open(file, "#connect.hostile_text")
		b.until(`document.querySelector('[id="connect.hostile_text"] .steps')`)
		b.has("elements", value[int](b, `document.querySelectorAll('[id="connect.hostile_text"] .body code b, [id="connect.hostile_text"] script').length`), 0)
		b.has("text", strings.Contains(value[string](b, `document.querySelector('[id="connect.hostile_text"] .g code').textContent`), "</script></noscript><b>&amp;"), true)
	})
	sub("between Pythons", func(b *browser) {
		b.open(file, "#changes")
		b.has("changes", value[int](b, `document.querySelectorAll(".change").length`), 1)
		b.has("older and newer", value[[]string](b, `[...document.querySelectorAll(".change dd")].map((d) => d.textContent)`), []string{"110", "111"})
		b.click(`.transitions td a`)
		b.until(`location.hash.includes("facet=value")`)
		b.shoot("changes")
		b.click(`.change h3 a`)
		b.until(`document.querySelector('[id="connect.match"] .steps')`)
	})
	sub("surface", func(b *browser) {
		b.open(file, "#surface")
		b.has("names", value[[]string](b, `[...document.querySelectorAll(".surface tbody tr")].map((r) => r.querySelector("code").textContent + " " + r.querySelector(".num").textContent)`),
			[]string{"socket.htons none", "socket.socket 12", "socket.socket.connect_ex 12", "socket.text none"})
		b.click(`[name=bare]`)
		b.until(`location.hash.includes("bare=1")`)
		b.has("names without a behaviour", value[int](b, `document.querySelectorAll(".surface tbody tr").length`), 2)
		b.shoot("surface")
		b.open(file, "#surface?q=connect_ex")
		b.click(`.surface tbody th a`)
		b.until(`document.querySelector("#view-behaviours:not([hidden]) .b")`)
		b.has("address", b.address(), "#behaviours?label=connect_ex")
		b.has("its behaviours", len(b.shown()), 12)
	})
	sub("keys", func(b *browser) {
		b.open(file, "")
		b.press("2")
		b.until(`document.querySelectorAll(".b").length`)
		b.press("j")
		b.press("j")
		b.press("k")
		b.press("j")
		b.has("focus", value[string](b, `document.activeElement.closest(".b").id`), "connect.drifted")
		b.press(kb.Enter)
		b.until(`document.querySelector('[id="connect.drifted"] .steps')`)
		b.press("/")
		b.has("focus", value[string](b, `document.activeElement.name`), "q")
		b.press(kb.Escape)
		b.press("5")
		b.until(`!document.querySelector("#view-provenance").hidden`)
		b.shoot("provenance")
	})
	sub("contrast", func(b *browser) {
		for _, scheme := range []string{"light", "dark"} {
			call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
				Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
			})
			for _, at := range []string{"#overview", "#connect.differ", "#connect.known_difference", "#changes", "#surface", "#provenance"} {
				b.open(file, at)
				b.until(`!location.hash.startsWith("#connect") || document.querySelector(".steps")`)
				if faint := value[[]string](b, faintTexts); len(faint) > 0 {
					b.Errorf("%s, %s: too little contrast: %s", scheme, at, strings.Join(faint, "; "))
				}
				b.shoot(scheme + "-" + strings.TrimPrefix(at, "#"))
			}
		}
		call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{})
	})
	sub("phone", func(b *browser) {
		b.do(chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile))
		for _, at := range []string{"#overview", "#behaviours", "#connect.differ", "#changes", "#surface", "#provenance"} {
			b.open(file, at)
			b.until(`!location.hash.startsWith("#connect") || document.querySelector(".steps")`)
			if wide := value[float64](b, `document.documentElement.scrollWidth`); wide > 390 {
				b.Errorf("%s is %v wide", at, wide)
			}
			b.shoot("phone-" + strings.TrimPrefix(at, "#"))
		}
		b.do(chromedp.EmulateReset())
	})
	sub("large", (*browser).large)
}

func changingRunOfTwo() harness.Run {
	run := changingRun()
	run.Results = append(run.Results, everyVerdict("exec:./my-agent", "3.13")...)
	return run
}

// faintTexts lists the texts in view whose contrast with what is behind them is
// below 4.5, which is what WCAG's level AA asks for.
const faintTexts = `(() => {
	const canvas = document.createElement("canvas");
	canvas.width = canvas.height = 1;
	const pen = canvas.getContext("2d", { willReadFrequently: true });
	const over = (layers) => {
		pen.globalCompositeOperation = "copy";
		pen.fillStyle = "white";
		pen.fillRect(0, 0, 1, 1);
		pen.globalCompositeOperation = "source-over";
		for (const layer of layers) { pen.fillStyle = layer; pen.fillRect(0, 0, 1, 1); }
		return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
	};
	const luminance = (rgb) => {
		const [r, g, b] = rgb.map((c) => { c /= 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const found = new Map();
	for (const element of document.querySelectorAll("body *")) {
		const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
		const box = element.getBoundingClientRect();
		if (!own || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || !box.width || box.bottom < 0 || box.top > innerHeight || element.closest("svg, option")) continue;
		const behind = [];
		for (let e = element; e; e = e.parentElement) behind.unshift(getComputedStyle(e).backgroundColor);
		const back = over(behind);
		const front = over([...behind, getComputedStyle(element).color]);
		const [a, b] = [luminance(front), luminance(back)].sort((x, y) => y - x);
		const ratio = (a + 0.05) / (b + 0.05);
		const key = element.tagName.toLowerCase() + "." + element.className;
		if (ratio < 4.5 && !found.has(key)) found.set(key, key + " " + element.textContent.trim().slice(0, 30) + " " + ratio.toFixed(2));
	}
	return [...found.values()];
})()`

// A large report opens with the index alone: rows are made when the list is
// looked at, steps when a behaviour is opened. How long that takes depends on
// the machine; the test tells it and does not judge it.
func (b *browser) large() {
	file := pageFile(b.T, FromRun(bigRun(1500)))
	b.open(file, "")
	b.has("rows and steps", value[int](b, `document.querySelectorAll(".b, .steps").length`), 0)
	b.Logf("ready %.0f ms after the navigation began", value[float64](b, `performance.now()`))
	b.shoot("large-overview")
	b.open(file, "#behaviours?python=3.9&verdict=differ")
	b.has("behaviours", len(b.shown()), 75)
	b.has("steps", value[int](b, `document.querySelectorAll(".steps").length`), 0)
	b.search("number_1480")
	b.until(`location.hash.includes("q=number_1480")`)
	b.has("behaviours", b.shown(), []string{"file_29.behaviour_number_1480"})
	b.click(`[id="file_29.behaviour_number_1480"] summary`)
	b.until(`document.querySelectorAll(".steps").length === 1`)
	b.has("tabs", value[[]string](b, `[...document.querySelectorAll(".tabs button")].map((e) => e.textContent)`), []string{"✗ 3.9, 3.11", "✓ 3.13, 3.14, 3.15"})
	b.shoot("large-opened")
}
