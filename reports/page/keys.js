// Keys: "/" goes to the search, j and k to the next and the previous behaviour,
// digits to the views.
const onKey = (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox";
  if (typing) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key === "/") {
    const search = document.querySelector("main:not([hidden]) input[type=search]");
    event.preventDefault();
    if (search) search.focus();
    else location.hash = addressOf("behaviours");
  } else if ((event.key === "j" || event.key === "k") && list) {
    const visible = list.rows.filter((row) => !row.hidden);
    const at = visible.indexOf(document.activeElement.closest(".b"));
    const next = visible[event.key === "j" ? at + 1 : Math.max(at - 1, 0)];
    if (next) next.firstElementChild.focus();
  } else if (/^[1-5]$/.test(event.key)) {
    location.hash = addressOf(views[event.key - 1]);
  }
};
