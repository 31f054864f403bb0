// What the report stands on.
const platform = (facts) => Object.entries(facts || {}).map(([name, value]) => h("span", { class: "kv" }, name, " ", h("b", null, value)));

const renderProvenance = (root) => {
  const p = index.provenance;
  const fact = (name, ...value) => [h("dt", null, name), h("dd", null, value)];
  replace(root, h("h2", null, "Provenance"),
    h("div", { class: "facts" },
      p.references.map((r) => h("article", { class: "card" }, h("h3", null, "CPython " + (r.version || r.python), " ", h("small", null, r.unavailable ? "not available" : r.mode)),
        r.unavailable ? h("p", null, r.unavailable) : h("dl", null,
          r.image ? fact("image", r.image) : null, r.image_id ? fact("digest", h("code", null, r.image_id)) : null, r.obtained ? fact("obtained", r.obtained) : null,
          Object.keys(r.platform).length ? fact("platform", platform(r.platform)) : null))),
      p.subjects.map((s) => h("article", { class: "card" }, h("h3", null, s.name, " ", h("small", null, "subject, " + s.where)),
        h("dl", null, fact("implementation", [s.implementation, s.version].filter(Boolean).join(" ")),
          Object.keys(s.platform).length ? fact("platform", platform(s.platform)) : null))),
      h("article", { class: "card" }, h("h3", null, "The run"), h("dl", null,
        fact("started", p.started.slice(0, 19).replace("T", " ") + " UTC"), fact("took", index.took),
        Object.keys(p.host).length ? fact("host", platform(p.host)) : null,
        p.go ? fact("program", p.go, p.commit ? [", commit ", h("code", null, p.commit)] : "") : null,
        fact("corpus", count(p.corpus.behaviours, "behaviour", "behaviours"), p.corpus.hash ? [", ", h("code", null, p.corpus.hash.slice(0, 16))] : ""),
        fact("asked for", (p.patterns.join(" ") || "every behaviour") + (p.filter ? `, filter ${p.filter}` : "") + (p.shard ? `, shard ${p.shard}` : "")),
        fact("report", `${index.schema}, written ${index.generated}`, index.complete ? "" : h("b", null, ", incomplete"))))),
    h("h2", null, "How to read a verdict"),
    h("dl", { class: "legend" }, index.verdicts.map((v) => [h("dt", null, h("b", { class: "verdict " + v.name }, `${v.symbol} ${v.name}`)), h("dd", null, v.meaning)])),
    h("h2", null, "Keys"),
    h("dl", { class: "legend" }, [["/", "search"], ["j, k", "next and previous behaviour"], ["Enter", "open and close it"], ["1 … 5", "the views"], ["← →", "the tabs of an opened behaviour"], ["Esc", "leave the search"]]
      .map(([key, what]) => [h("dt", null, h("kbd", null, key)), h("dd", null, what)])));
};
