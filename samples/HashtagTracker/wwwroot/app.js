"use strict";

const $ = id => document.getElementById(id);
const still = matchMedia("(prefers-reduced-motion: reduce)");
const number = new Intl.NumberFormat("en");
const clock = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
const clockOf = time => clock.format(new Date(time));
let shown = null;

// Theme: what the system says until the button is used.
const systemDark = matchMedia("(prefers-color-scheme: dark)");
function applyTheme() {
  const chosen = localStorage.getItem("theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
  drawChart();
}
$("theme").addEventListener("click", () => {
  const theme = document.documentElement.dataset.theme ?? (systemDark.matches ? "dark" : "light");
  localStorage.setItem("theme", theme === "dark" ? "light" : "dark");
  applyTheme();
});
systemDark.addEventListener("change", applyTheme);

// A leader keeps its colour for as long as it leads, so that the eye can follow it.
const colours = new Map();
function assignColours(tags) {
  for (const tag of [...colours.keys()]) if (!tags.includes(tag)) colours.delete(tag);
  for (const tag of tags) {
    if (colours.has(tag)) continue;
    const taken = new Set(colours.values());
    let slot = 0;
    while (taken.has(slot)) slot++;
    colours.set(tag, slot);
  }
}
const colourOf = tag => colours.has(tag) ? `var(--c${colours.get(tag) % 6})` : "var(--rest)";

const make = (tag, className, text = "") =>
  Object.assign(document.createElement(tag), { className, textContent: text });

function duration(seconds) {
  if (seconds >= 120 && seconds % 60 === 0) return `${seconds / 60} min`;
  return `${number.format(seconds)} s`;
}

function showLag(seconds) {
  $("lag").textContent = seconds === null ? "–" : seconds.toFixed(1);
  if (seconds === null) return;
  $("lag").append(make("small", "", "s"));
  spark("lag", seconds);
}

const history = { rate: [], lag: [] };
function spark(name, value) {
  const values = history[name];
  values.push(value);
  if (values.length > 160) values.shift();
  if (values.length < 2) return;
  const most = Math.max(...values, 1e-9) * 1.1;
  const point = (v, i) => `${(100 * i / (values.length - 1)).toFixed(1)} ${(30 - 28 * v / most).toFixed(1)}`;
  const line = "M" + values.map(point).join("L");
  $(name + "-spark").querySelector(".line").setAttribute("d", line);
  $(name + "-spark").querySelector(".fill").setAttribute("d", line + "L100 30L0 30Z");
}

function showReadings(s) {
  $("rate").textContent = number.format(Math.round(s.tweetsPerSecond));
  $("rate-note").textContent = `${number.format(s.tweets)} in all`;
  showLag(s.watermarkLagSeconds);
  $("late").textContent = number.format(s.late);
  $("late-note").textContent = s.hashtags ? `${(100 * s.late / s.hashtags).toFixed(2)} % of all uses` : "";
  $("distinct").textContent = s.windowEnd ? number.format(s.distinctTags) : "–";
  spark("rate", s.tweetsPerSecond);

  const hops = s.everySeconds < s.windowSeconds;
  const kind = hops ? `, hopping by ${duration(s.everySeconds)}` : "";
  const route = s.sink ? `${s.source} → ${s.sink}` : s.source;
  $("about").textContent = `Windows of ${duration(s.windowSeconds)}${kind} · event time · ${route}`;
  $("explain").textContent = `Each point counts ${duration(s.windowSeconds)} of tweets by the time they were written, `
    + `not when they arrived${hops ? `; a new window ends every ${duration(s.everySeconds)}` : ""}. `
    + "A window appears when the watermark passes its end.";
}

// Until the first window is complete: why nothing is shown yet, and how long that will last.
let began = null;
function showWaiting(s) {
  $("empty").hidden = $("chart-empty").hidden = s.top.length > 0;
  if (s.top.length > 0) return;
  if (s.watermark && began === null) began = Date.parse(s.watermark);
  $("waiting").textContent = s.ended ? "The stream has ended, and there was no hashtag in it."
    : !s.watermark ? "Waiting for the first tweet …"
    : `The first window is still open: it is complete when event time reaches ${clockOf(s.nextEnd)}.`;
  $("progress").hidden = s.ended || !s.watermark;
  if (s.watermark) $("progress").value = (Date.parse(s.watermark) - began) / (Date.parse(s.nextEnd) - began);
}

const rows = new Map();
function rowOf(tag) {
  let row = rows.get(tag);
  if (!row) {
    const item = make("li", "");
    const part = {};
    for (const name of ["rank", "tag", "count", "trend"]) part[name] = item.appendChild(make("span", name));
    part.bar = item.appendChild(make("span", "bar")).appendChild(make("i", ""));
    part.tag.textContent = tag;
    part.tag.title = "#" + tag;
    rows.set(tag, row = { item, ...part, width: 0 });
  }
  return row;
}

function showTrend(element, trend) {
  const percent = trend === null ? 0 : Math.round(trend * 100);
  element.className = "trend " + (trend === null ? "new" : percent > 0 ? "up" : percent < 0 ? "down" : "");
  if (trend === null) element.textContent = "new";
  else if (percent > 1000) element.textContent = "▲ over ×10";
  else if (percent >= 200) element.textContent = `▲ ×${(1 + trend).toFixed(1)}`;
  else element.textContent = percent > 0 ? `▲ ${percent} %` : percent < 0 ? `▼ ${-percent} %` : "steady";
}

// First, last, invert, play: rows are moved in the document, so that it always reads in order, and then glide there.
function showRanking(s) {
  $("window").textContent = s.windowStart ? `${clockOf(s.windowStart)} – ${clockOf(s.windowEnd)}` : "";
  const before = new Map([...rows].map(([tag, row]) => [tag, row.item.getBoundingClientRect().top]));
  for (const [tag, row] of rows) {
    if (!s.top.some(t => t.tag === tag)) {
      row.item.remove();
      rows.delete(tag);
    }
  }
  const list = $("top");
  s.top.forEach((t, i) => {
    const row = rowOf(t.tag);
    row.rank.textContent = i + 1;
    row.count.textContent = number.format(t.count);
    row.count.title = `${(100 * t.share).toFixed(1)} % of all uses`;
    showTrend(row.trend, t.trend);
    row.bar.style.background = colourOf(t.tag);
    if (list.children[i] !== row.item) list.insertBefore(row.item, list.children[i] ?? null);
  });
  for (const t of s.top) {
    const row = rows.get(t.tag);
    const width = t.count / s.top[0].count;
    row.bar.style.transform = `scaleX(${width})`;
    if (!still.matches) {
      const glide = { duration: 700, easing: "cubic-bezier(.22,.8,.26,1)" };
      row.item.getAnimations().forEach(a => a.cancel());
      const by = before.has(t.tag) ? before.get(t.tag) - row.item.getBoundingClientRect().top : 0;
      if (by) row.item.animate([{ transform: `translateY(${by}px)` }, { transform: "none" }], glide);
      else if (!before.has(t.tag)) row.item.animate([{ opacity: 0, transform: "translateY(14px)" }, {}], glide);
      row.bar.animate([{ transform: `scaleX(${row.width})` }, { transform: `scaleX(${width})` }], glide);
    }
    row.width = width;
  }
}

// The chart.
const canvas = $("canvas");
let frame = null;
let hover = null;

function niceStep(most) {
  const raw = Math.max(1, most / 5);
  const power = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 2.5, 5, 10].map(m => m * power).find(step => step >= raw && Number.isInteger(step));
}

// Labels keep their order and move apart only as far as they must.
function spread(labels, gap, low, high) {
  labels.sort((a, b) => a.y - b.y);
  labels.forEach((l, i) => l.y = Math.max(l.y, i ? labels[i - 1].y + gap : low));
  for (let i = labels.length - 1, limit = high; i >= 0; i--, limit = labels[i + 1].y - gap) {
    labels[i].y = Math.min(labels[i].y, limit);
  }
}

function fit(g, text, width) {
  let shorter = text;
  while (shorter.length > 1 && g.measureText(shorter).width > width) shorter = shorter.replace(/.…?$/u, "…");
  return shorter;
}

function drawChart() {
  if (frame === null) frame = requestAnimationFrame(() => { frame = null; paint(); });
}

function paint() {
  const box = canvas.getBoundingClientRect();
  const ratio = devicePixelRatio || 1;
  canvas.width = Math.round(box.width * ratio);
  canvas.height = Math.round(box.height * ratio);
  if (!shown || shown.series.length === 0) return;

  // A canvas does not understand var() and light-dark(); its own style does.
  const css = value => { canvas.style.color = value; return getComputedStyle(canvas).color; };
  const font = (weight, size) => `${weight} ${size}px ${getComputedStyle(document.body).fontFamily}`;
  const g = canvas.getContext("2d");
  g.scale(ratio, ratio);
  g.textBaseline = "middle";

  const ends = shown.seriesEnds.map(e => Date.parse(e));
  const most = Math.max(1, ...shown.series.flatMap(l => l.counts));
  const step = niceStep(most);
  const top = Math.ceil(most / step) * step;
  g.font = font(600, 12.5);
  const longest = Math.max(...shown.series.map(l => g.measureText("#" + l.tag).width));
  const labelWidth = Math.min(box.width * .36, longest + 14);
  g.font = font(400, 12);
  const area = {
    left: g.measureText(number.format(top)).width + 12, right: box.width - labelWidth, top: 10, bottom: box.height - 26,
  };
  const span = Math.max(ends.at(-1) - ends[0], 1);
  const x = t => ends.length === 1 ? area.right : area.left + (area.right - area.left) * (t - ends[0]) / span;
  const y = v => area.bottom - (area.bottom - area.top) * v / top;

  g.strokeStyle = css("var(--grid)");
  g.fillStyle = css("var(--soft)");
  g.lineWidth = 1;
  for (let v = 0; v <= top; v += step) {
    const at = Math.round(y(v)) + .5;
    g.beginPath(); g.moveTo(area.left, at); g.lineTo(area.right, at); g.stroke();
    g.textAlign = "right";
    g.fillText(number.format(v), area.left - 8, at);
  }
  const times = Math.max(1, Math.min(ends.length - 1, Math.floor((area.right - area.left) / 110)));
  for (let i = 0; i <= times; i++) {
    const t = ends[Math.round((ends.length - 1) * i / times)];
    g.textAlign = ends.length === 1 || i === times ? "right" : i === 0 ? "left" : "center";
    g.fillText(clockOf(t), x(t), box.height - 9);
  }

  const at = hover === null ? null : nearest(ends, x, hover);
  if (at !== null) {
    g.strokeStyle = css("var(--soft)");
    g.beginPath(); g.moveTo(x(ends[at]), area.top); g.lineTo(x(ends[at]), area.bottom); g.stroke();
  }

  const labels = [];
  g.lineJoin = g.lineCap = "round";
  for (const line of [...shown.series].reverse()) {
    g.strokeStyle = g.fillStyle = css(colourOf(line.tag));
    g.lineWidth = line === shown.series[0] ? 3 : 2;
    g.beginPath();
    line.counts.forEach((v, i) => {
      // A tag that nobody uses draws no line along the axis.
      const absent = i > 0 && v === 0 && line.counts[i - 1] === 0;
      if (i === 0 || absent) g.moveTo(x(ends[i]), y(v));
      else g.lineTo(x(ends[i]), y(v));
    });
    g.stroke();
    const dot = at ?? ends.length - 1;
    if (line.counts[dot] > 0) {
      g.beginPath(); g.arc(x(ends[dot]), y(line.counts[dot]), 3.5, 0, 7); g.fill();
    }
    labels.unshift({ tag: line.tag, y: y(line.counts.at(-1)) });
  }
  spread(labels, 17, area.top, area.bottom);
  g.textAlign = "left";
  g.font = font(600, 12.5);
  for (const l of labels) {
    g.fillStyle = css(colourOf(l.tag));
    g.fillText(fit(g, "#" + l.tag, labelWidth - 10), area.right + 10, l.y);
  }
  showReadout(at, ends, x, box);
}

function nearest(ends, x, position) {
  let best = 0;
  ends.forEach((t, i) => { if (Math.abs(x(t) - position) < Math.abs(x(ends[best]) - position)) best = i; });
  return best;
}

function showReadout(at, ends, x, box) {
  const readout = $("readout");
  readout.hidden = at === null;
  if (at === null) return;
  const ranked = [...shown.series].sort((a, b) => b.counts[at] - a.counts[at]);
  readout.replaceChildren(make("b", "", "until " + clockOf(ends[at])), ...ranked.map(line => {
    const row = make("div", "");
    row.append(make("i", ""), make("span", "", "#" + line.tag), number.format(line.counts[at]));
    row.firstChild.style.background = colourOf(line.tag);
    return row;
  }));
  const left = x(ends[at]);
  readout.style.left = `${left + 14 + readout.offsetWidth > box.width ? left - 14 - readout.offsetWidth : left + 14}px`;
}

canvas.addEventListener("pointermove", e => { hover = e.offsetX; drawChart(); });
canvas.addEventListener("pointerleave", () => { hover = null; drawChart(); });
new ResizeObserver(drawChart).observe($("plot"));

function show(s) {
  const ranking = x => JSON.stringify([x.windowEnd, x.top]);
  const isNewWindow = !shown || ranking(shown) !== ranking(s);
  shown = s;
  showReadings(s);
  showWaiting(s);
  if (s.ended) status("ended", "ended");
  if (!isNewWindow) return;
  if (s.top.length > 0) document.title = `#${s.top[0].tag} ${number.format(s.top[0].count)} · Hashtag Tracker`;
  assignColours(s.series.map(l => l.tag));
  showRanking(s);
  canvas.setAttribute("aria-label", "Line chart of the leading hashtags: "
    + s.series.map(l => `${l.tag} ${l.counts.at(-1)}`).join(", "));
  drawChart();
}

// EventSource reconnects by itself, but not after the server has refused; then it is made anew.
function status(state, text) {
  $("status").dataset.state = state;
  if ($("status").lastElementChild.textContent !== text) $("status").lastElementChild.textContent = text;
  document.body.classList.toggle("stale", state === "lost");
}
function connect() {
  const events = new EventSource("api/stream");
  events.onopen = () => status("live", "live");
  events.onmessage = e => show(JSON.parse(e.data));
  events.onerror = () => {
    status("lost", "reconnecting");
    if (events.readyState === EventSource.CLOSED) setTimeout(connect, 3000);
  };
}

applyTheme();
connect();
