// What other commands found out: CPython's own tests, and the audit.
const number = (v) => (typeof v === "number" ? v.toLocaleString("en") : String(v));

const upstreamCard = (upstream) => {
  const sides = [["stock", "CPython"], ["go", "Go"]].filter(([key]) => upstream[key] && typeof upstream[key] === "object");
  const keys = [...new Set(sides.flatMap(([key]) => Object.keys(upstream[key]).filter((k) => typeof upstream[key][k] === "number")))];
  if (!sides.length || !keys.length) return null;
  return h("article", { class: "card", id: "upstream" }, h("h3", null, "CPython's own test_socket"),
    h("table", null, h("thead", null, h("tr", null, h("th"), keys.map((k) => h("th", { scope: "col", class: "num" }, k.replaceAll("_", " "))))),
      h("tbody", null, sides.map(([key, name]) => h("tr", null, h("th", { scope: "row" }, name),
        keys.map((k) => h("td", { class: "num" }, k in upstream[key] ? number(upstream[key][k]) : "–")))))));
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
    survivors.length ? h("details", null, h("summary", null, count(survivors.length, "survivor", "survivors")),
      h("ul", null, survivors.map((s) => h("li", null, h("code", null, s.id || String(s)), s.reason ? " " + s.reason : "")))) : null);
};

const renderBeside = () => {
  const cards = [index.upstream && upstreamCard(index.upstream), index.audit && auditCard(index.audit)].filter(Boolean);
  return cards.length ? h("section", { class: "cards", "aria-label": "Other evidence" }, cards) : null;
};
