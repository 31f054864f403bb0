// What changed between Python versions: CPython compared with itself, by its
// recordings.
const renderChanges = (root, params) => {
  const pairs = [];
  const facets = [];
  for (const c of index.changes) {
    const pair = c.from + "→" + c.to;
    if (!pairs.includes(pair)) pairs.push(pair);
    for (const d of c.d) if (!facets.includes(d.f)) facets.push(d.f);
  }
  const major = (pair) => pair.split("→")[0].split(".").map(Number);
  pairs.sort((a, b) => major(a)[0] - major(b)[0] || major(a)[1] - major(b)[1]);
  const rank = ["outcome", "class", "errno", "value", "state", "warnings", "text"];
  facets.sort((a, b) => rank.indexOf(a) - rank.indexOf(b));
  const f = { pair: params.get("pair") || "", facet: params.get("facet") || "", q: params.get("q") || "" };

  const steps = (pair, facet) => index.changes.filter((c) => !pair || c.from + "→" + c.to === pair)
    .reduce((n, c) => n + c.d.filter((d) => !facet || d.f === facet).length, 0);
  const cell = (pair, facet) => {
    const n = steps(pair, facet);
    const on = f.pair === pair && f.facet === facet;
    return h("td", { class: n ? "has" : "none" }, n ? h("a", { href: addressOf("changes", { pair, facet, q: f.q }), "aria-current": on ? "true" : null }, String(n)) : "–");
  };
  const table = h("div", { class: "scroll" }, h("table", { class: "transitions" },
    h("thead", null, h("tr", null, h("th", { scope: "col" }, "steps that changed"), pairs.map((p) => h("th", { scope: "col" }, p.replace("→", " → "))), h("th", { scope: "col" }, "all"))),
    h("tbody", null, facets.map((facet) => h("tr", null, h("th", { scope: "row" }, facet), pairs.map((p) => cell(p, facet)), cell("", facet))),
      h("tr", { class: "all" }, h("th", { scope: "row" }, "any"), pairs.map((p) => cell(p, "")), cell("", "")))));

  const search = h("input", { type: "search", placeholder: "Search what changed…  ( / )", "aria-label": "Search what changed", value: f.q, autocomplete: "off", spellcheck: "false" });
  const output = h("output", { "aria-live": "polite" });
  const results = h("div", { class: "changes" });
  const draw = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    const cards = [];
    for (const c of index.changes) {
      if (f.pair && c.from + "→" + c.to !== f.pair) continue;
      const b = index.behaviours[c.b];
      const ds = c.d.filter((d) => !f.facet || d.f === f.facet);
      const all = [b.id, b.s, b.k.join(" "), ...ds.flatMap((d) => [d.t, d.f, d.w.join(""), d.g.join("")])].join(" ").toLowerCase();
      if (!ds.length || !words.every((w) => all.includes(w))) continue;
      shown += ds.length;
      cards.push(h("article", { class: "change" },
        h("h3", null, h("a", { href: "#" + b.id }, b.id), " ", h("span", { class: "pair" }, `${c.from} → ${c.to}`)),
        h("p", { class: "say" }, b.s),
        ds.map((d) => h("div", { class: "then" },
          h("p", null, h("span", { class: "facet" }, d.f), h("code", null, d.t)),
          h("dl", null, h("dt", null, c.from), h("dd", { class: "old" }, code(d.w)), h("dt", null, c.to), h("dd", { class: "new" }, code(d.g)))))));
    }
    replace(results, cards.length ? cards : h("p", { class: "empty" }, index.changes.length ? "Nothing matches." : "No change is known: fewer than two versions are recorded, or none of these behaviours differs."));
    output.value = `${count(shown, "step", "steps")} in ${count(cards.length, "behaviour", "behaviours")}`;
  };
  let pause = 0;
  search.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => {
      f.q = search.value;
      setAddress("changes", f);
      draw();
    }, 60);
  });
  const any = f.pair || f.facet || f.q;
  replace(root, h("h2", null, "What changed between Python versions"),
    h("p", { class: "lead" }, "The same steps, recorded on each CPython, and compared with the version before. None of this is about a subject: it is what a program meets that moves from one Python to the next."),
    index.changes.length ? table : null,
    h("form", { class: "line", role: "search", onsubmit: (event) => event.preventDefault() }, search, output, any ? h("a", { class: "button", href: addressOf("changes") }, "Clear") : null),
    results);
  draw();
};
