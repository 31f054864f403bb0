const titles = { overview: "Overview", behaviours: "Behaviours", changes: "Between Pythons", surface: "Surface", provenance: "Provenance" };
const renderers = { overview: renderOverview, behaviours: renderBehaviours, changes: renderChanges, surface: renderSurface, provenance: renderProvenance };
const roots = {};
const links = {};
let current = null;

const show = () => {
  const { view, params } = readAddress();
  for (const name of views) {
    roots[name].hidden = name !== view;
    if (name === view) links[name].setAttribute("aria-current", "page");
    else links[name].removeAttribute("aria-current");
  }
  const again = view === current;
  current = view;
  document.title = `pyparity: ${view === "overview" ? index.headline : titles[view]}`;
  // The overview and the provenance are the same whatever the address says.
  if (!(["overview", "provenance"].includes(view) && roots[view].childElementCount)) renderers[view](roots[view], params);
  if (!again && view !== "behaviours") scrollTo(0, 0);
};

const start = async () => {
  index = await unpack("index");
  for (const name of views) {
    roots[name] = h("main", { id: "view-" + name, hidden: true });
    links[name] = h("a", { href: addressOf(name) }, titles[name]);
  }
  replace(document.getElementById("app"),
    h("header", null, h("div", { class: "mast" }, h("h1", null, h("a", { href: addressOf("overview") }, "pyparity")),
      h("nav", { "aria-label": "Views" }, views.map((name) => links[name])))),
    index.notes.length ? h("div", { class: "notes" }, index.notes.map((note) => h("p", { class: "alert" }, note))) : null,
    views.map((name) => roots[name]));
  addEventListener("hashchange", show);
  document.addEventListener("keydown", onKey);
  show();
  document.documentElement.dataset.ready = "yes";
  const later = window.requestIdleCallback || ((f) => setTimeout(f, 200));
  later(() => loadDetails());
};

start().catch((error) => {
  document.getElementById("app").textContent = "This page could not be shown: " + error + ". report.md and report.json say the same.";
});
