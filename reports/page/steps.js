// What a behaviour looks like when it is opened: its steps, side by side.
const warnings = (list) => (list || []).map((w) => h("span", { class: "warn" }, "⚠ ", text(w)));

const stepRows = (step, row, n) => {
  const times = row.d ? h("span", { title: `CPython ${row.d[0]}, subject ${row.d[1]}` }, row.d[0] === row.d[1] ? row.d[0] : `${row.d[0]} / ${row.d[1]}`) : null;
  const kind = ["eq", "apart", "diff", "un"][row.m];
  const rows = [h("tr", { class: kind },
    h("td", { class: "n", title: "line " + step.l }, String(n + 1)),
    h("td", { class: "s" }, h("code", null, step.t)),
    row.m === 0
      ? h("td", { class: "w", colspan: 2, title: row.i }, code(row.w), warnings(row.ww))
      : [
        h("td", { class: "w", title: row.i }, code(row.w), warnings(row.ww)),
        h("td", { class: "g" }, row.m === 3 ? h("small", null, "not reached") : [code(row.g), warnings(row.gw)]),
      ],
    h("td", { class: "t" }, times))];
  if (row.f) rows.push(h("tr", { class: "note first" }, h("td"), h("td", { colspan: 4 }, h("b", null, "← first difference"), " ", code(row.f))));
  if (row.x) rows.push(h("tr", { class: "note" }, h("td"), h("td", { colspan: 4, title: row.y }, row.x)));
  return rows;
};

const groupTable = (detail, group) => {
  const measured = group.rows.some((row) => row.d);
  const end = (group.end || []).map((d, i) => h("tr", { class: "note first" }, h("td"),
    h("td", { colspan: 4 }, i === 0 && group.firstEnd ? h("b", null, "← first difference ") : "after the last step: ", code(d))));
  return h("div", { class: "scroll" }, h("table", { class: "steps" },
    h("thead", null, h("tr", null, h("th", { class: "n" }, "#"), h("th", { class: "s" }, "step"),
      h("th", { class: "w" }, `CPython ${group.pythons.join(", ")}${group.recorded ? " (recorded)" : ""}`),
      h("th", { class: "g", title: group.subject }, short(group.subject, 30)),
      h("th", { class: "t" }, measured ? h("span", { title: "the longest of the runs shown here: CPython / " + group.subject }, "took") : null))),
    h("tbody", null, group.rows.map((row, i) => stepRows(detail.s[i], row, i)), end)));
};

const renderGroup = (detail, group) => {
  const verdict = index.verdicts.find((v) => v.name === group.verdict);
  return h("section", { class: "group " + group.verdict },
    h("h4", null, h("b", { class: "verdict " + group.verdict }, `${verdict.symbol} ${group.verdict}`),
      ` ${short(group.subject)}, Python ${group.pythons.join(", ")} `, h("small", null, verdict.meaning)),
    group.reason ? h("p", { class: "reason" }, group.reason) : null,
    group.declared ? h("p", { class: "reason" }, "Declared: ", group.declared, " ",
      /^https?:/.test(group.link || "") ? h("a", { href: group.link, rel: "noreferrer" }, group.link) : group.link || "") : null,
    group.drifted ? h("p", { class: "reason" }, "Drifted: this CPython does not meet its recording; judged against what it does now.") : null,
    groupTable(detail, group),
    group.stderr ? h("details", { class: "stderr" }, h("summary", null, "stderr"), h("pre", null, group.stderr)) : null,
    h("p", { class: "rerun" }, h("code", null, group.rerun), copyButton(group.rerun)));
};

const copyButton = (what) => navigator.clipboard
  ? h("button", { class: "copy", type: "button", title: "Copy", onclick: (event) => {
    navigator.clipboard.writeText(what).then(() => { event.target.textContent = "copied"; }, () => { event.target.textContent = "no clipboard here"; });
  } }, "copy")
  : null;

// Groups are results that look the same: most often those of several Pythons.
// There is a tab for each; the first one shown is what the filters ask for, or
// what is worst.
const renderDetail = (i, wanted) => {
  const b = index.behaviours[i];
  const detail = details[i];
  const meta = h("p", { class: "meta" }, h("a", { href: "#" + b.id, title: "a link to this behaviour" }, b.id), h("span", null, `${b.f}:${b.l}`),
    b.r ? h("span", null, "requires " + b.r.join(", ")) : null,
    (b.e || []).map((see) => h("span", null, "see " + see)),
    b.o ? h("span", null, "formerly " + b.o.join(", ")) : null,
    h("span", { class: "labels" }, b.k.map((label) => h("a", { href: addressOf("behaviours", { label }), title: "behaviours with this label" }, label))));
  const holder = h("div", { class: "groups" });
  const fits = (g) => (!wanted.python || g.pythons.includes(wanted.python)) && (!wanted.subject || g.subject === wanted.subject) &&
    (!wanted.verdicts.length || wanted.verdicts.includes(g.verdict));
  const order = detail.g.map((g, n) => n).sort((x, y) =>
    fits(detail.g[y]) - fits(detail.g[x]) || severity.indexOf(detail.g[y].verdict) - severity.indexOf(detail.g[x].verdict) || x - y);
  const show = (n) => {
    replace(holder, renderGroup(detail, detail.g[n]));
    tabs.forEach((tab, t) => {
      tab.setAttribute("aria-selected", t === n);
      tab.tabIndex = t === n ? 0 : -1;
    });
  };
  const several = index.subjects.length > 1;
  const tabs = detail.g.map((g, n) => h("button", {
    type: "button", role: "tab", class: g.verdict, title: g.subject, onclick: () => show(n),
    onkeydown: (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = (n + step + tabs.length) % tabs.length;
      show(next);
      tabs[next].focus();
    },
  }, `${index.verdicts.find((v) => v.name === g.verdict).symbol} ${several ? short(g.subject, 16) + " " : ""}${g.pythons.join(", ")}`));
  if (tabs.length) show(order[0]);
  return h("div", { class: "opened" }, meta,
    tabs.length > 1 ? h("div", { class: "tabs", role: "tablist", "aria-label": "Results that look different" }, tabs) : null,
    holder);
};
