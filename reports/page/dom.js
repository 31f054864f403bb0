// Elements are made by calls, never from text: what a subject returned cannot
// become markup.
const h = (tag, attributes, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  append(element, children);
  return element;
};

const append = (element, children) => {
  for (const child of children) {
    if (Array.isArray(child)) append(element, child);
    else if (child !== null && child !== undefined && child !== false) element.append(child);
  }
};

const replace = (element, ...children) => {
  element.replaceChildren();
  append(element, children);
};

// text is a text whose variables, ⟨1⟩, stand out.
const text = (string) =>
  string.split(/(⟨\d+⟩)/).map((part, i) => (i % 2 ? h("var", { title: "a variable: CPython does not keep it from run to run" }, part) : part));

// bits is a text of which the middle is marked: [before, marked, after].
const bits = (parts) => {
  if (!parts || !parts.length) return [];
  if (parts.length === 1) return text(parts[0]);
  return [text(parts[0]), h("mark", null, text(parts[1])), text(parts[2])];
};

const code = (parts) => h("code", null, Array.isArray(parts) ? bits(parts) : text(parts));

const count = (n, one, many) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

// short keeps both ends of a long name, by which commands are told apart.
const short = (name, n = 34) => {
  const letters = [...name];
  return letters.length <= n ? name : letters.slice(0, n / 3).join("") + "…" + letters.slice(-(n * 2) / 3).join("");
};
