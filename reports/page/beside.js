// What other commands found out: CPython's own tests, and the audit.
const number = (v) => (typeof v === "number" ? v.toLocaleString("en") : String(v));

// made says of which program and when a result is.
const made = (result) => {
  const parts = [result.commit && "commit " + String(result.commit).slice(0, 12), result.started && String(result.started).slice(0, 10)].filter(Boolean);
  return parts.length ? h("p", null, h("small", null, parts.join(", "))) : null;
};

// upstreamCard shows the tallies of CPython and of Go, for each Python, and the
// tests that end otherwise.
const upstreamCard = (upstream) => {
  const runs = (Array.isArray(upstream) ? upstream : [upstream]).filter((u) => u.stock && u.go);
  if (!runs.length) return null;
  const keys = [...new Set(runs.flatMap((u) => [u.stock, u.go]).flatMap((t) => Object.keys(t).filter((k) => typeof t[k] === "number")))];
  const row = (u, key, name) => h("tr", null, h("th", { scope: "row" }, name, u.python ? " " + u.python : ""),
    keys.map((k) => h("td", { class: "num" }, k in u[key] ? number(u[key][k]) : "–")));
  const differences = runs.flatMap((u) => (u.differences || []).map((d) => ({ ...d, python: u.python })));
  const line = (d) => h("li", null, h("code", null, d.test), ` ${d.python || ""}: ${d.stock || "none"} → ${d.go || "none"}`,
    d.expected ? h("small", null, " " + d.expected) : d.detail ? h("small", null, " " + d.detail.split("\n").at(-1)) : null);
  return h("article", { class: "card", id: "upstream" },
    h("h3", null, "CPython's own tests ", h("small", null, [...new Set(runs.flatMap((u) => u.suites || []))].join(", "))),
    h("table", null, h("thead", null, h("tr", null, h("th"), keys.map((k) => h("th", { scope: "col", class: "num" }, k.replaceAll("_", " "))))),
      h("tbody", null, runs.flatMap((u) => [row(u, "stock", "CPython"), row(u, "go", "Go for Python")]))),
    made(runs[0]),
    differences.length ? h("details", null, h("summary", null, count(differences.length, "test ends", "tests end"), " otherwise on Go"), h("ul", null, differences.map(line))) : null);
};

const auditCard = (audit) => {
  if (typeof audit.total !== "number" || typeof audit.caught !== "number") return null;
  const survivors = Array.isArray(audit.survivors) ? audit.survivors : [];
  const share = audit.total ? Math.floor((1000 * audit.caught) / audit.total) / 10 : 0;
  return h("article", { class: "card", id: "audit" }, h("h3", null, "The audit"),
    h("p", null, h("strong", null, `${number(audit.caught)} of ${number(audit.total)}`), ` wrong ports were caught by the corpus (${share} %).`),
    h("span", { class: "bar", "aria-hidden": "true" }, h("i", { class: "match", style: `flex-grow:${audit.caught}` }),
      audit.total > audit.caught ? h("i", { class: "differ", style: `flex-grow:${audit.total - audit.caught}` }) : null),
    Array.isArray(audit.kinds) && audit.kinds.length ? h("table", null, h("tbody", null, audit.kinds.map((k) => h("tr", null,
      h("th", { scope: "row" }, k.name), h("td", { class: "num" }, `${number(k.caught)} of ${number(k.total)}`))))) : null,
    made(audit),
    survivors.length ? h("details", null, h("summary", null, count(survivors.length, "survivor", "survivors")),
      h("ul", null, survivors.map((s) => h("li", null, h("code", null, s.id || String(s)), s.reason ? " " + s.reason : "")))) : null);
};

const renderBeside = () => {
  const cards = [index.upstream && upstreamCard(index.upstream), index.audit && auditCard(index.audit)].filter(Boolean);
  return cards.length ? h("section", { class: "cards", "aria-label": "Other evidence" }, cards) : null;
};
