"use strict";
(() => {
  const form = document.getElementById("filters");
  const none = document.getElementById("none");
  const areas = [...document.querySelectorAll(".area")];
  const fields = ["q", "verdict", "python", "subject"];

  // A row is a behaviour: its element, its results, and the text to search,
  // which is taken from the closed part when the browser has time for it.
  const rows = [...document.querySelectorAll(".b")].map((element) => ({
    element,
    results: [...element.querySelectorAll("summary .cells b")].map((cell) => ({
      verdict: cell.className,
      python: cell.textContent.split("\u00a0")[1],
      subject: cell.title.slice(0, cell.title.lastIndexOf(", Python ")),
    })),
    text: null,
  }));

  const characters = { "&#34;": '"', "&#39;": "'", "&#43;": "+", "&lt;": "<", "&gt;": ">", "&amp;": "&" };
  const textOf = (row) => {
    if (row.text === null) {
      const closed = row.element.querySelector("noscript");
      const steps = closed
        ? closed.textContent
          .replace(/<\/?(mark|i)>/g, "")
          .replace(/<[^>]*>/g, " ")
          .replace(/&[#\w]+;/g, (entity) => characters[entity] || entity)
        : row.element.textContent;
      const verdicts = row.results.map((r) => r.verdict).join(" ");
      row.text = [row.element.id, row.element.firstElementChild.textContent, verdicts, steps].join(" ").toLowerCase();
    }
    return row.text;
  };

  // What is in a noscript element is text as long as scripts run: it becomes
  // part of the page when its behaviour is opened.
  const fill = (element) => {
    const closed = element.querySelector("noscript");
    if (closed) {
      const body = document.createElement("div");
      body.innerHTML = closed.textContent;
      closed.replaceWith(body);
    }
  };
  document.addEventListener("toggle", (event) => {
    if (event.target.open && event.target.matches(".b")) fill(event.target);
  }, true);

  const wanted = () => {
    const data = new FormData(form);
    return {
      words: (data.get("q") || "").toLowerCase().split(/\s+/).filter(Boolean),
      verdicts: data.getAll("verdict"),
      python: data.get("python") || "",
      subject: data.get("subject") || "",
    };
  };

  const apply = () => {
    const w = wanted();
    const fits = (result) =>
      (!w.verdicts.length || w.verdicts.includes(result.verdict)) &&
      (!w.python || w.python === result.python) &&
      (!w.subject || w.subject === result.subject);
    let shown = 0;
    for (const row of rows) {
      const show = row.results.some(fits) && w.words.every((word) => textOf(row).includes(word));
      row.element.hidden = !show;
      if (show) shown++;
    }
    for (const area of areas) area.hidden = !area.querySelector(".b:not([hidden])");
    none.hidden = shown > 0 || rows.length === 0;
    form.querySelector("output").value = shown === rows.length ? `${shown} behaviours` : `${shown} of ${rows.length}`;
    form.querySelector("button").hidden = !(w.words.length || w.verdicts.length || w.python || w.subject);
  };

  // The filters live in the address, so that a view can be linked.
  const toAddress = () => {
    const params = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) params.append(name, value);
    history.replaceState(null, "", params.size ? "#" + params : location.pathname + location.search);
  };
  const fromAddress = () => {
    const hash = location.hash.slice(1);
    const target = !hash.includes("=") && document.getElementById(hash);
    const params = new URLSearchParams(target ? "" : hash);
    for (const name of fields) {
      for (const field of form.querySelectorAll(`[name=${name}]`)) {
        if (field.type === "checkbox") field.checked = params.getAll(name).includes(field.value);
        else field.value = params.get(name) || "";
      }
    }
    apply();
    if (target && target.matches(".b")) {
      target.open = true;
      fill(target);
      target.scrollIntoView();
      target.firstElementChild.focus();
    } else if (hash && !target) {
      document.getElementById("list").scrollIntoView();
    }
  };

  let pause = 0;
  form.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => { apply(); toAddress(); }, 60);
  });
  form.addEventListener("reset", () => setTimeout(() => { apply(); toAddress(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", fromAddress);

  // "/" goes to the search, j and k to the next and the previous behaviour.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    if (event.key === "/") {
      event.preventDefault();
      form.elements.q.focus();
    } else if (event.key === "j" || event.key === "k") {
      const visible = rows.filter((row) => !row.element.hidden).map((row) => row.element);
      const at = visible.indexOf(document.activeElement.closest(".b"));
      const next = visible[event.key === "j" ? at + 1 : Math.max(at - 1, 0)];
      if (next) next.firstElementChild.focus();
    }
  });

  let indexed = 0;
  const index = (deadline) => {
    while (indexed < rows.length && deadline.timeRemaining() > 2) textOf(rows[indexed++]);
    if (indexed < rows.length) requestIdleCallback(index);
  };
  if (window.requestIdleCallback) requestIdleCallback(index);

  form.hidden = false;
  fromAddress();
})();
