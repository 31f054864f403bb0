// The report stands in the page as compressed JSON, in two pieces: the index,
// and the steps of every behaviour.
const unpack = async (id) => {
  const element = document.getElementById(id);
  const bytes = Uint8Array.from(atob(element.textContent), (c) => c.charCodeAt(0));
  element.remove();
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
};

let index = null;

let pending = null;
let details = null;
// loadDetails unpacks the steps, once.
const loadDetails = () => {
  pending ||= unpack("details").then((loaded) => (details = loaded));
  return pending;
};

const MATCH = 0;
const verdictOf = (result) => index.verdicts[result[2]].name;
const severity = ["match", "unsupported", "not-run", "known", "reference-unstable", "fixed", "harness-error", "differ", "hang", "crash"];
const worst = (names) => names.reduce((a, b) => (severity.indexOf(b) > severity.indexOf(a) ? b : a));

// A tally is how many results have each verdict.
const tallyOf = (results) => {
  const tally = { total: 0, by: new Array(index.verdicts.length).fill(0) };
  for (const result of results) {
    tally.total++;
    tally.by[result[2]]++;
  }
  return tally;
};
// worstOf is the verdict that colours a tally. What was not judged colours only
// where there is nothing else.
const worstOf = (tally) => {
  const names = index.verdicts.filter((v, i) => tally.by[i]).map((v) => v.name);
  const judged = names.filter((name) => name !== "unsupported" && name !== "not-run");
  return worst(judged.length ? judged : names);
};

// searchText is everything by which a behaviour can be found. The steps join it
// as soon as they are unpacked.
const texts = [];
const searchText = (i) => {
  const known = texts[i];
  if (known && (known.full || !details)) return known.text;
  const b = index.behaviours[i];
  const words = [b.id, b.s, b.k.join(" "), b.v.map(verdictOf).join(" "), (b.r || []).join(" "), (b.e || []).join(" "), (b.o || []).join(" ")];
  if (details) {
    const d = details[i];
    for (const step of d.s) words.push(step.t);
    for (const group of d.g) {
      words.push(group.reason || "", group.declared || "", group.stderr || "", (group.end || []).join(" "));
      for (const row of group.rows) {
        words.push((row.w || []).join(""), (row.g || []).join(""), row.f || "", (row.ww || []).join(" "), (row.gw || []).join(" "));
      }
    }
  }
  texts[i] = { text: words.join(" ").toLowerCase(), full: Boolean(details) };
  return texts[i].text;
};
