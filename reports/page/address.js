// A view and its filters live in the address behind the #, so that what one sees
// can be linked: #behaviours?python=3.9&verdict=differ. A behaviour's id alone is
// a link to it.
const views = ["overview", "behaviours", "changes", "surface", "provenance"];

const readAddress = () => {
  let hash = location.hash.slice(1);
  try {
    hash = decodeURIComponent(hash.replace(/\+/g, "%20"));
  } catch {
    hash = ""; // a stray % is no address of ours
  }
  const raw = location.hash.slice(1);
  const [name, query] = raw.includes("?") ? [raw.slice(0, raw.indexOf("?")), raw.slice(raw.indexOf("?") + 1)] : [raw, ""];
  if (views.includes(name)) return { view: name, params: new URLSearchParams(query) };
  if (hash && index.behaviours.some((b) => b.id === hash || (b.o || []).includes(hash))) {
    const b = index.behaviours.find((one) => one.id === hash || (one.o || []).includes(hash));
    return { view: "behaviours", params: new URLSearchParams({ open: b.id }) };
  }
  return { view: "overview", params: new URLSearchParams() };
};

const addressOf = (view, params) => {
  const kept = new URLSearchParams();
  for (const [name, value] of params instanceof URLSearchParams ? params : Object.entries(params || {})) {
    if (value) kept.append(name, value);
  }
  const query = kept.toString();
  return "#" + view + (query ? "?" + query : "");
};

// setAddress tells the address what is shown already.
const setAddress = (view, params) => history.replaceState(null, "", addressOf(view, params));
