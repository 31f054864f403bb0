// The filters of the behaviours, and the form that shows them.
const noFilters = () => ({ words: [], q: "", verdicts: [], python: "", subject: "", area: "", label: "" });

const filtersOf = (params) => {
  const f = noFilters();
  f.q = params.get("q") || "";
  f.words = f.q.toLowerCase().split(/\s+/).filter(Boolean);
  f.verdicts = params.getAll("verdict");
  for (const name of ["python", "subject", "area", "label"]) f[name] = params.get(name) || "";
  return f;
};

const paramsOf = (f, open) => {
  const params = new URLSearchParams();
  if (f.q) params.set("q", f.q);
  for (const name of ["area", "label", "python", "subject"]) if (f[name]) params.set(name, f[name]);
  for (const v of f.verdicts) params.append("verdict", v);
  if (open) params.set("open", open);
  return params;
};

const filtered = (f) => f.words.length || f.verdicts.length || f.python || f.subject || f.area || f.label;

// fitsFilters reports whether a behaviour has a result that is asked for, and
// every word.
const fitsFilters = (f, i) => {
  const b = index.behaviours[i];
  if (f.area && index.areas[b.a].name !== f.area) return false;
  if (f.label && !b.k.includes(f.label) && !(b.n || []).includes(f.label)) return false;
  const result = (r) =>
    (!f.verdicts.length || f.verdicts.includes(verdictOf(r))) &&
    (!f.python || index.pythons[r[1]] === f.python) &&
    (!f.subject || index.subjects[r[0]] === f.subject);
  if (!b.v.some(result)) return false;
  if (!f.words.length) return true;
  const all = searchText(i);
  return f.words.every((word) => all.includes(word));
};

const select = (name, label, every, values) => h("select", { name, "aria-label": label },
  h("option", { value: "" }, every), values.map((v) => h("option", { value: v, title: v }, short(v))));

const filterForm = (changed) => {
  const all = tallyOf(index.behaviours.flatMap((b) => b.v));
  const output = h("output", { "aria-live": "polite" });
  const label = h("button", { type: "button", class: "label", hidden: true, title: "Remove this filter", onclick: () => { label.value = ""; label.hidden = true; changed(); } });
  const form = h("form", { id: "filters", role: "search" },
    h("input", { type: "search", name: "q", placeholder: "Search names, sentences, steps, values, verdicts…  ( / )", "aria-label": "Search", autocomplete: "off", spellcheck: "false" }),
    select("area", "Area", "every area", index.areas.map((a) => a.name)),
    select("python", "Python", "every Python", index.pythons),
    index.subjects.length > 1 ? select("subject", "Subject", "every subject", index.subjects) : null,
    h("button", { type: "reset" }, "Clear"),
    h("div", { class: "chips", role: "group", "aria-label": "Verdicts" }, index.verdicts.map((v, i) => all.by[i]
      ? h("label", { class: "chip " + v.name, title: v.meaning }, h("input", { type: "checkbox", name: "verdict", value: v.name }), h("span", null, `${v.symbol} ${v.name} `, h("b", null, all.by[i].toLocaleString("en"))))
      : null), label, output));
  let pause = 0;
  form.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(changed, 50);
  });
  form.addEventListener("reset", () => setTimeout(() => { label.value = ""; label.hidden = true; changed(); }));
  form.addEventListener("submit", (event) => { event.preventDefault(); changed(); });
  return {
    form, output,
    read: () => {
      const data = new FormData(form);
      const params = new URLSearchParams();
      for (const [name, value] of data) if (value) params.append(name, value);
      if (label.value) params.set("label", label.value);
      return filtersOf(params);
    },
    write: (f) => {
      form.elements.q.value = f.q;
      for (const name of ["area", "python", "subject"]) if (form.elements[name]) form.elements[name].value = f[name];
      for (const box of form.querySelectorAll("[name=verdict]")) box.checked = f.verdicts.includes(box.value);
      label.value = f.label;
      label.hidden = !f.label;
      label.textContent = `label: ${f.label} ✕`;
    },
  };
};
