// The surface: every public name, its behaviours, its verdicts. Names come from
// the list that the report was given, and from what the behaviours touch.
const surfaceNames = () => {
  const names = new Map();
  const given = Boolean(index.surface);
  for (const n of index.surface || []) names.set(n.python, { name: n.python, kind: n.kind, go: n.go, file: n.file, behaviours: [] });
  // A bare name is one of a class: what the module itself has is touched with its
  // qualified name.
  const bare = new Map();
  for (const name of names.keys()) {
    const parts = name.split(".");
    if (parts.length > 2) bare.set(parts.at(-1), [...(bare.get(parts.at(-1)) || []), name]);
  }
  index.behaviours.forEach((b, i) => {
    const touched = new Set(b.n || []);
    const qualified = new Set(b.t.filter((t) => t.includes(".")).map((t) => t.slice(t.lastIndexOf(".") + 1)));
    for (const t of b.t) {
      // The bare twin of a qualified name says nothing more.
      if (!t.includes(".") && qualified.has(t)) continue;
      for (const name of names.has(t) ? [t] : given ? bare.get(t) || [] : [t]) touched.add(name);
    }
    for (const name of touched) {
      if (!names.has(name)) names.set(name, { name, kind: name.includes(".") ? "module" : "attribute", behaviours: [] });
      names.get(name).behaviours.push(i);
    }
  });
  return [...names.values()].sort((a, b) => a.name.localeCompare(b.name, "en"));
};

let surface = null;

const renderSurface = (root, params) => {
  surface ||= surfaceNames();
  const kinds = [...new Set(surface.map((s) => s.kind).filter(Boolean))].sort();
  const search = h("input", { type: "search", name: "q", placeholder: "Search names…  ( / )", "aria-label": "Search names", value: params.get("q") || "", autocomplete: "off", spellcheck: "false" });
  const kind = select("kind", "Kind", "every kind", kinds);
  kind.value = params.get("kind") || "";
  const bare = h("input", { type: "checkbox", name: "bare", checked: params.get("bare") === "1" });
  const output = h("output", { "aria-live": "polite" });
  const body = h("tbody");
  const rowOf = (s) => {
    const cells = index.subjects.flatMap((subject, n) => index.pythons.map((python, p) => {
      if (!(`${n} ${p}` in index.parities)) return null;
      const results = s.behaviours.flatMap((i) => index.behaviours[i].v.filter((r) => r[0] === n && r[1] === p));
      return matrixCell(results, addressOf("behaviours", { label: s.behaviours.length ? labelOf(s) : "", python }), `${s.name}, ${subject}, Python ${python}`);
    }));
    return h("tr", { class: s.behaviours.length ? null : "bare" },
      h("th", { scope: "row" }, s.behaviours.length ? h("a", { href: addressOf("behaviours", { label: labelOf(s) }) }, h("code", null, s.name)) : h("code", null, s.name)),
      h("td", { class: "kind" }, s.kind), index.surface ? h("td", { class: "kind", title: s.file }, s.go ? h("code", null, s.go) : "missing") : null, h("td", { class: "num" }, s.behaviours.length || "none"), cells);
  };
  const draw = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = surface.filter((s) => words.every((w) => (s.name + " " + s.kind).toLowerCase().includes(w)) &&
      (!kind.value || s.kind === kind.value) && (!bare.checked || !s.behaviours.length));
    replace(body, shown.map(rowOf));
    output.value = `${count(shown.length, "name", "names")}, ${shown.filter((s) => !s.behaviours.length).length} without a behaviour`;
  };
  const changed = () => {
    setAddress("surface", { q: search.value, kind: kind.value, bare: bare.checked ? "1" : "" });
    draw();
  };
  replace(root, h("h2", null, "The surface"),
    h("p", { class: "lead" }, "Every public name that the behaviours touch", index.surface ? " or the module has" : "", ", with how many behaviours pin it down and what became of them."),
    h("form", { class: "line", role: "search", oninput: changed, onsubmit: (event) => event.preventDefault() }, search, kinds.length > 1 ? kind : null,
      h("label", { class: "check" }, bare, " only names without a behaviour"), output),
    h("div", { class: "scroll" }, h("table", { class: "matrix surface" },
      h("thead", null, h("tr", null, h("th", { scope: "col" }, "name"), h("th", { scope: "col" }, "kind"), index.surface ? h("th", { scope: "col" }, "Go") : null, h("th", { scope: "col", class: "num" }, "behaviours"),
        index.subjects.flatMap((subject, n) => index.pythons.map((python, p) => (`${n} ${p}` in index.parities)
          ? h("th", { scope: "col", title: subject }, index.subjects.length > 1 ? short(subject, 10) + " " + python : python) : null)))), body)));
  draw();
};

// labelOf is the label under which a name's behaviours are found.
const labelOf = (s) => {
  const b = index.behaviours[s.behaviours[0]];
  return b.k.includes(s.name) || (b.n || []).includes(s.name) ? s.name : s.name.slice(s.name.lastIndexOf(".") + 1);
};
