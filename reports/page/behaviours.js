// The list of behaviours. Rows are made once, when the list is first looked at;
// filters show and hide them, and steps are made when a row is opened.
let list = null;

const strip = (b) => index.subjects.map((subject, s) => {
  const results = b.v.filter((r) => r[0] === s);
  if (!results.length) return null;
  return h("span", { class: "strip" }, index.subjects.length > 1 ? h("small", { title: subject }, short(subject, 18)) : null,
    results.map((r) => {
      const v = index.verdicts[r[2]];
      return h("b", { class: v.name, title: `${subject}, Python ${index.pythons[r[1]]}: ${v.name}${r[3] ? ", drifted" : ""}` },
        r[2] === MATCH ? "" : v.symbol + " ", index.pythons[r[1]]);
    }));
});

const makeRow = (i) => {
  const b = index.behaviours[i];
  const name = b.id.slice(index.areas[b.a].name.length + 1) || b.id;
  return h("details", { class: "b", id: b.id, "data-i": i }, h("summary", null,
    h("span", { class: "id" }, h("code", null, name)), h("span", { class: "say" }, b.s), h("span", { class: "verdicts" }, strip(b))));
};

const makeList = (root) => {
  const rows = index.behaviours.map((b, i) => makeRow(i));
  const sections = index.areas.map((area, a) => ({
    element: h("section", { class: "area", "aria-label": area.name }, h("h3", null, area.name, " ", h("small", null, area.sentence)),
      h("div", { class: "rows" }, rows.filter((row, i) => index.behaviours[i].a === a))),
    rows: rows.filter((row, i) => index.behaviours[i].a === a),
  }));
  const none = h("p", { class: "empty", hidden: true }, "Nothing matches. ", h("a", { href: addressOf("behaviours") }, "Show everything"), ".");
  const filters = filterForm(() => {
    applyFilters(filters.read());
    setAddress("behaviours", paramsOf(filters.read(), openOne()));
  });
  // Sentences begin below each other whatever the verdicts take.
  const width = 3.3 * index.pythons.length + (index.subjects.length > 1 ? 8 : 0);
  root.style.setProperty("--strip", `${Math.min(width, 26)}rem`);
  replace(root, filters.form, sections.map((s) => s.element), none);
  root.addEventListener("toggle", (event) => {
    const row = event.target;
    if (!row.matches(".b")) return;
    if (row.open) fill(row);
    if (list.quiet) return;
    setAddress("behaviours", paramsOf(filters.read(), openOne(row)));
  }, true);
  return { rows, sections, none, filters, quiet: false };
};

// openOne is the id of the row that was opened last and still is.
let lastOpened = null;
const openOne = (row) => {
  if (row) lastOpened = row.open ? row.id : lastOpened === row.id ? null : lastOpened;
  return lastOpened;
};

// fill makes the steps of a row.
const fill = async (row) => {
  if (row.dataset.filled) return;
  row.dataset.filled = "yes";
  const body = h("div", { class: "body" }, h("p", { class: "meta" }, "…"));
  row.append(body);
  await loadDetails();
  replace(body, renderDetail(Number(row.dataset.i), list.filters.read()));
};

const applyFilters = (f) => {
  let shown = 0;
  list.rows.forEach((row, i) => {
    const show = fitsFilters(f, i);
    if (row.hidden === show) row.hidden = !show;
    if (show) shown++;
  });
  for (const s of list.sections) s.element.hidden = s.rows.every((row) => row.hidden);
  list.none.hidden = shown > 0;
  const total = list.rows.length;
  list.filters.output.value = shown === total ? count(total, "behaviour", "behaviours") : `${shown} of ${count(total, "behaviour", "behaviours")}`;
  list.filters.form.querySelector("[type=reset]").hidden = !filtered(f);
};

const renderBehaviours = (root, params) => {
  list ||= makeList(root);
  const f = filtersOf(params);
  list.filters.write(f);
  applyFilters(f);
  // A search of words that are in steps has to wait for them.
  if (f.words.length && !details) loadDetails().then(() => applyFilters(list.filters.read()));
  const open = params.get("open");
  const row = open && list.rows[index.behaviours.findIndex((b) => b.id === open)];
  if (!row) {
    scrollTo(0, 0);
    return;
  }
  if (row.hidden) {
    row.hidden = false;
    row.closest(".area").hidden = false;
    list.none.hidden = true;
  }
  list.quiet = true;
  lastOpened = open;
  row.open = true;
  fill(row).then(() => {
    row.scrollIntoView({ block: "start" });
    row.firstElementChild.focus({ preventScroll: true });
    list.quiet = false;
  });
};
