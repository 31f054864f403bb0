// The overview: how far each subject is from Python in one look, and the matrix
// of areas, subjects and Pythons.
const donut = (tally) => {
  const radius = 42;
  const around = 2 * Math.PI * radius;
  const svg = (tag, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const ring = svg("svg", { viewBox: "0 0 100 100", class: "donut", role: "img", "aria-label": index.parity + " parity" });
  ring.append(svg("circle", { cx: 50, cy: 50, r: radius, class: "track" }));
  let from = 0;
  index.verdicts.forEach((v, i) => {
    if (!tally.by[i]) return;
    const share = Math.max(tally.by[i] / tally.total, 0.006);
    ring.append(svg("circle", {
      cx: 50, cy: 50, r: radius, class: v.name,
      "stroke-dasharray": `${share * around} ${around}`, "stroke-dashoffset": `${-from * around}`,
    }));
    from += tally.by[i] / tally.total;
  });
  const label = svg("text", { x: 50, y: 50, class: "value" });
  label.textContent = index.parity;
  const below = svg("text", { x: 50, y: 64, class: "unit" });
  below.textContent = "parity";
  ring.append(label, below);
  return ring;
};

const bar = (tally) => h("span", { class: "bar", "aria-hidden": "true" }, index.verdicts.map((v, i) =>
  tally.by[i] ? h("i", { class: v.name, style: `flex-grow:${tally.by[i]}` }) : null));

// tallyText is what a cell says to who cannot see its colour.
const tallyText = (tally) => index.verdicts.map((v, i) => (tally.by[i] ? `${tally.by[i]} ${v.name}` : "")).filter(Boolean).join(", ");

const summaryRow = (subject, s) => {
  const cells = index.pythons.map((python, p) => {
    const results = index.behaviours.flatMap((b) => b.v.filter((r) => r[0] === s && r[1] === p));
    if (!results.length) return null;
    const tally = tallyOf(results);
    return h("a", { class: "version " + worstOf(tally), href: addressOf("behaviours", { python, subject: index.subjects.length > 1 ? subject : "" }), title: tallyText(tally), "aria-label": `Python ${python}: ${tallyText(tally)}` },
      h("b", null, "Python " + python), h("span", { class: "share" }, index.parities[s + " " + p]), bar(tally));
  });
  return h("div", { class: "subject" }, index.subjects.length > 1 ? h("h3", { title: subject }, short(subject)) : null, h("div", { class: "versions" }, cells));
};

const matrixCell = (results, link, label) => {
  if (!results.length) return h("td", { class: "none" }, "–");
  const tally = tallyOf(results);
  const name = worstOf(tally);
  const green = tally.by[MATCH];
  const clean = green === tally.total;
  return h("td", { class: name },
    h("a", { href: link, title: `${label}: ${tallyText(tally)}`, "aria-label": `${label}: ${tallyText(tally)}` },
      h("span", { class: "n" }, clean ? String(green) : h("b", null, `${green}`), clean ? null : h("small", null, `/${tally.total}`)),
      bar(tally)));
};

const matrix = () => {
  const columns = index.subjects.flatMap((subject, s) => index.pythons.map((python, p) => ({ subject, s, python, p })))
    .filter((c) => `${c.s} ${c.p}` in index.parities);
  const several = index.subjects.length > 1;
  const byArea = index.areas.map(() => columns.map(() => []));
  index.behaviours.forEach((b) => {
    for (const r of b.v) {
      const at = columns.findIndex((c) => c.s === r[0] && c.p === r[1]);
      if (at >= 0) byArea[b.a][at].push(r);
    }
  });
  const link = (area, c) => addressOf("behaviours", { area, python: c.python, subject: several ? c.subject : "" });
  const head = [];
  if (several) {
    head.push(h("tr", null, h("td", null), index.subjects.map((subject, s) =>
      h("th", { scope: "colgroup", colspan: columns.filter((c) => c.s === s).length, title: subject }, short(subject, 24)))));
  }
  head.push(h("tr", null, h("th", { scope: "col" }, "area"), columns.map((c) => h("th", { scope: "col" }, c.python))));
  const rows = index.areas.map((area, a) => h("tr", null,
    h("th", { scope: "row" }, h("a", { href: addressOf("behaviours", { area: area.name }) }, h("b", null, area.name), h("small", null, area.sentence))),
    columns.map((c, i) => matrixCell(byArea[a][i], link(area.name, c), `${area.name}, ${c.subject}, Python ${c.python}`))));
  const totals = h("tr", { class: "all" }, h("th", { scope: "row" }, h("a", { href: addressOf("behaviours") }, h("b", null, "everything"))),
    columns.map((c, i) => matrixCell(byArea.flatMap((row) => row[i]), link("", c), `everything, ${c.subject}, Python ${c.python}`)));
  return h("div", { class: "scroll" }, h("table", { class: columns.length > 6 ? "matrix many" : "matrix" }, h("thead", null, head), h("tbody", null, totals, rows)));
};

const renderOverview = (root) => {
  const all = tallyOf(index.behaviours.flatMap((b) => b.v));
  const p = index.provenance;
  const chips = index.verdicts.map((v, i) => all.by[i]
    ? h("a", { class: "chip " + v.name, href: addressOf("behaviours", { verdict: v.name }), title: v.meaning }, h("b", null, all.by[i].toLocaleString("en")), ` ${v.symbol} ${v.name}`)
    : null);
  replace(root,
    h("section", { class: "hero" }, all.total ? donut(all) : null,
      h("div", { class: "words" }, h("h2", null, index.headline + "."),
        h("p", { class: "when" }, [
          count(index.behaviours.length, "behaviour", "behaviours"),
          p.started.slice(0, 16).replace("T", ", ") + " UTC", "took " + index.took,
          p.commit ? "commit " + p.commit.replace(/^([0-9a-f]{12})[0-9a-f]+/, "$1") : "",
        ].filter(Boolean).join(" · ")),
        h("div", { class: "chips" }, chips))),
    h("section", { "aria-label": "Subjects and Pythons" }, index.subjects.map(summaryRow)),
    renderBeside(),
    h("section", { "aria-labelledby": "by-area" }, h("h2", { id: "by-area" }, "Area by area"),
      index.areas.length ? matrix() : h("p", { class: "empty" }, "No behaviour was run.")));
};
