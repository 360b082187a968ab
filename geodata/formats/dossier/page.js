// The page: filters, time window, cards and table over the events in it. Text goes into nodes as text, never as HTML.
const read = id => JSON.parse(document.getElementById(id).textContent);
const $ = id => document.getElementById(id);
const page = read("dateline-page");
const layer = read("dateline-layer");
const language = (navigator.language || "en").slice(0, 2) in page.wording ? navigator.language.slice(0, 2) : "en";
const say = (key, values = {}) => Object.entries(values).reduce(
  (text, [name, value]) => text.replaceAll(`{${name}}`, value), page.wording[language][key]);
const DAY = 86400000, CARDS = 150;
const ROWS = 2000;  // of the table: some 50 printed pages, half a second to lay out

function node(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (name === "colour") made.style.setProperty("--colour", value);
    else made.setAttribute(name, value);
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

const dayOf = text => text === null ? null : Math.round(Date.parse(`${text.padStart(10, "0")}T00:00:00Z`) / DAY);
const textOf = day => new Date(day * DAY).toISOString().slice(0, 10);
const shown = day => new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" }).format(day * DAY);
const number = count => count.toLocaleString(language);
const kindOf = type => page.types[type] || { colour: "#6b6b6b" };
const labelOf = event => kindOf(event.type)[language] || event.label;
const nameOf = event => (event.place_names || {})[language] || event.place_name;

const events = layer.features.map((feature, index) => {
  const own = feature.properties;
  const text = [own.place_name, ...Object.values(own.place_names || {}), labelOf(own), own.claimed_by,
    ...own.sources.flatMap(source => [source.quote, source.outlet, source.title])].join(" ").toLowerCase();
  return { ...own, index, geometry: feature.geometry, text, first: dayOf(own.start), last: dayOf(own.end) };
}).sort((one, other) => (one.first ?? one.last ?? Infinity) - (other.first ?? other.last ?? Infinity));

// An open end reaches as far as the layer does.
const days = events.flatMap(event => [event.first, event.last]).filter(day => day !== null);
const [earliest, latest] = [days.reduce((a, b) => Math.min(a, b), Infinity), days.reduce((a, b) => Math.max(a, b), -Infinity)];
const dated = days.length > 0;
const state = { from: earliest, to: latest, off: new Set(), search: "", spot: null, cards: CARDS };

const isWhole = () => !dated || (state.from === earliest && state.to === latest);
const isDated = event => event.first !== null || event.last !== null;
function certainty(event) {  // 1: within the window; 0.4: perhaps; 0: not
  if (!isDated(event)) return isWhole() ? 1 : 0;
  const first = event.first ?? -Infinity, last = event.last ?? Infinity;
  if (last < state.from || first > state.to) return 0;
  return isWhole() || (first >= state.from && last <= state.to) ? 1 : 0.4;
}

const places = new Map();
for (const event of events) if (event.geometry) {
  let spot = places.get(event.place_id);
  if (!spot) {
    const area = event.geometry.type !== "Point";
    const polygons = !area ? null : event.geometry.type === "Polygon" ? [event.geometry.coordinates] : event.geometry.coordinates;
    const rings = polygons && polygons.flat().map(ring => ring.map(([lon, lat]) => [projectX(lon), projectY(lat)]));
    const at = [projectX(event.place_lon), projectY(event.place_lat)];
    spot = { id: event.place_id, name: nameOf(event), at, polygons: rings, extent: rings ? rings.flat() : [at], events: [] };
    places.set(event.place_id, spot);
  }
  spot.events.push(event);
}
// Largest areas first, so that the small ones stay on top.
const spread = spot => spot.polygons ? boxOf(spot.extent).area : 0;
const spots = [...places.values()].sort((one, other) => spread(other) - spread(one));

const map = new WorldMap($("map"), page.borders, cluster => choose(cluster), (cluster, at) => hover(cluster, at));

function choose(cluster) {
  state.spot = cluster ? new Set(cluster.spots.map(spot => spot.id)) : null;
  map.chosen = cluster ? cluster.main : null;
  state.cards = CARDS;
  refresh();
  $("cards").scrollTop = 0;
}

function hover(cluster, at) {
  $("tip").hidden = !cluster;
  if (!cluster) return;
  const names = cluster.spots.map(spot => spot.name);
  $("tip").textContent = `${names.slice(0, 3).join(", ")}${names.length > 3 ? " …" : ""}: ${say("count", { n: number(cluster.count) })}`;
  $("tip").style.left = `${Math.min(at[0] + 14, map.width - 200)}px`;
  $("tip").style.top = `${at[1] + 14}px`;
}

function matching() {
  return events.filter(event => !state.off.has(event.type) && (!state.search || event.text.includes(state.search)));
}

function refresh() {
  const found = matching();
  const now = [];
  for (const spot of spots) { spot.count = 0; spot.alpha = 0; spot.types = new Map(); }
  for (const event of found) {
    const weight = certainty(event);
    if (!weight) continue;
    now.push(event);
    const spot = places.get(event.place_id);
    if (spot && event.geometry) {
      spot.count += 1;
      spot.alpha = Math.max(spot.alpha, weight);
      spot.types.set(event.type, (spot.types.get(event.type) || 0) + 1);
    }
  }
  map.spots = spots.filter(spot => spot.count);
  for (const spot of map.spots)
    spot.colour = kindOf([...spot.types].reduce((best, entry) => entry[1] > best[1] ? entry : best)[0]).colour;
  map.draw();
  const outlets = new Set(now.flatMap(event => event.sources.map(source => source.outlet)).filter(Boolean));
  const nowhere = now.filter(event => !event.geometry).length, undated = now.filter(event => !isDated(event)).length;
  $("summary").textContent = [say("count", { n: number(now.length) }),
    outlets.size && say("outlets", { n: number(outlets.size) }), nowhere && say("nowhere", { n: number(nowhere) }),
    undated && say("undated", { n: number(undated) })].filter(Boolean).join(" · ");
  $("window").textContent = !dated ? say("no_dates") : state.from === state.to ? shown(state.from) : `${shown(state.from)} – ${shown(state.to)}`;
  drawBars(found);
  drawCards(state.spot ? now.filter(event => event.geometry && state.spot.has(event.place_id)) : now);
  clearTimeout(refresh.later);
  refresh.later = setTimeout(() => drawTable(now), 250);  // long tables can wait until the slider rests
}

function when(event) {
  if (!isDated(event)) return say("no_date");
  if (event.first === null) return say("until", { day: shown(event.last) });
  if (event.last === null) return say("since", { day: shown(event.first) });
  if (event.first === event.last) return shown(event.first);
  return `${shown(event.first)} – ${shown(event.last)}`;
}

function where(event) {
  if (!event.geometry) return say("no_place");
  return event.geometry.type === "Point" ? nameOf(event) : say("area", { name: nameOf(event), km: Math.round(event.radius_km) });
}

function marked(source) {
  // Offsets are code points, JavaScript's strings are UTF-16: an array of code points speaks the same language.
  const letters = Array.from(source.quote), parts = [];
  let at = 0;
  for (const [start, end, role] of [...source.marks].sort((one, other) => one[0] - other[0])) {
    if (start < at || end > letters.length) continue;
    parts.push(letters.slice(at, start).join(""), node("mark", { class: role }, letters.slice(start, end).join("")));
    at = end;
  }
  return [...parts, letters.slice(at).join("")];
}

function link(source) {
  const name = [source.outlet, source.title].filter(Boolean).join(": ") || source.article;
  const safe = /^https?:\/\//i.test(source.url);
  const shownName = safe ? node("a", { href: source.url, rel: "noopener noreferrer", target: "_blank" }, name || source.url) : name;
  return [shownName, source.published ? ` · ${source.published}` : ""];
}

function card(event) {
  const made = node("article", { colour: kindOf(event.type).colour, tabindex: "0" },
    node("p", { class: "facts" }, node("span", { class: "when" }, when(event)),
      event.factuality === "asserted" ? null : node("span", { class: "status" }, say(event.factuality) +
        (event.claimed_by ? ` (${event.claimed_by})` : "")),
      event.sources.length > 1 ? node("span", {}, say("sources", { n: number(event.sources.length) })) : null),
    node("h3", {}, `${labelOf(event)} · ${where(event)}`),
    ...event.sources.slice(0, 3).flatMap(source => [
      source.quote ? node("blockquote", {}, ...marked(source)) : null, node("p", { class: "source" }, ...link(source))]));
  const show = () => {
    const spot = places.get(event.place_id);
    if (!event.geometry || !spot) return;
    map.chosen = spot;
    map.goTo(spot);
  };
  made.addEventListener("click", click => { if (!click.target.closest("a")) show(); });
  made.addEventListener("keydown", key => { if (key.key === "Enter" && key.target === made) show(); });
  return made;
}

function drawCards(found) {
  const parts = [];
  if (state.spot) {
    const back = node("button", { type: "button" }, say("back"));
    back.addEventListener("click", () => choose(undefined));
    parts.push(node("p", {}, say("here", { n: number(found.length) }), back));
  }
  if (!found.length) parts.push(node("p", {}, say("none")));
  parts.push(...found.slice(0, state.cards).map(card));
  if (found.length > state.cards) {
    const more = node("button", { type: "button" }, say("more", { n: number(found.length - state.cards) }));
    more.addEventListener("click", () => { state.cards += CARDS; drawCards(found); });
    parts.push(more);
  }
  $("cards").replaceChildren(...parts);
}

function drawTable(found) {
  $("heads").replaceChildren(...["when", "what", "where", "status", "quote"].map(key => node("th", {}, say(`head_${key}`))));
  $("rows").replaceChildren(...found.slice(0, ROWS).map(event => node("tr", {},
    node("td", {}, when(event)),
    node("td", { class: "type", colour: kindOf(event.type).colour }, node("i"), ` ${labelOf(event)}`),
    node("td", {}, where(event)), node("td", {}, say(event.factuality)),
    node("td", {}, node("span", { class: "quote" }, event.sources[0]?.quote || ""), " ",
      node("span", { class: "source" }, ...(event.sources[0] ? link(event.sources[0]) : []))))));
  if (found.length > ROWS)
    $("rows").append(node("tr", {}, node("td", { colspan: 5 }, say("more_rows", { n: number(found.length - ROWS) }))));
}

function drawBars(found) {
  const canvas = $("bars"), ratio = devicePixelRatio || 1, { width, height } = canvas.getBoundingClientRect();
  canvas.width = width * ratio; canvas.height = height * ratio;
  if (!dated || !width) return;
  const c = canvas.getContext("2d"), span = latest - earliest + 1, count = Math.max(1, Math.min(span, Math.floor(width / 5)));
  const bins = new Float64Array(count), style = getComputedStyle(document.documentElement);
  for (const event of found) {  // what may have happened on many days is shared out among them
    const first = event.first ?? event.last, last = event.last ?? event.first;
    if (first === null) continue;
    const low = Math.floor((first - earliest) / span * count), high = Math.floor((last - earliest) / span * count);
    for (let bin = low; bin <= high; bin++) bins[bin] += 1 / (high - low + 1);
  }
  const top = Math.max(...bins, 1), wide = width / count;
  c.scale(ratio, ratio);
  bins.forEach((value, bin) => {
    const day = earliest + (bin + 0.5) / count * span;
    c.globalAlpha = day >= state.from && day <= state.to + 1 ? 1 : 0.25;
    c.fillStyle = style.getPropertyValue("--accent");
    const high = value ? Math.max(2, value / top * (height - 4)) : 0;
    c.fillRect(bin * wide + 0.5, height - high, Math.max(wide - 1, 1), high);
  });
  c.globalAlpha = 1;
  c.fillStyle = style.getPropertyValue("--line");
  c.fillRect(0, height - 1, width, 1);
}

function setWindow(from, to) {
  [state.from, state.to] = [Math.min(from, to), Math.max(from, to)];
  $("from").value = state.from - earliest;
  $("to").value = state.to - earliest;
  state.cards = CARDS;
  refresh();
}

function play() {
  if (play.timer) { clearInterval(play.timer); play.timer = null; $("play").textContent = "▶"; return; }
  $("play").textContent = "❚❚";
  const span = latest - earliest, step = Math.max(1, Math.round(span / 120));
  const width = isWhole() ? Math.max(step, Math.round(span / 12)) : state.to - state.from;
  if (isWhole() || state.to >= latest) setWindow(earliest, earliest + width);
  play.timer = setInterval(() => {
    if (state.to >= latest) { play(); return; }
    setWindow(Math.min(state.from + step, latest), Math.min(state.to + step, latest));
  }, 120);
}

function start() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = say(element.dataset.text);
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", say(element.dataset.label));
    element.title = element.matches("button") ? say(element.dataset.label) : "";
  }
  $("search").placeholder = say("search");
  if (!page.borders) $("key").append(node("span", {}, say("no_borders")));
  const counts = new Map();
  for (const event of events) counts.set(event.type, (counts.get(event.type) || 0) + 1);
  for (const [type, count] of [...counts].sort((one, other) => other[1] - one[1])) {
    const button = node("button", { type: "button", "aria-pressed": "true", colour: kindOf(type).colour },
      node("i"), kindOf(type)[language] || type, node("b", {}, number(count)));
    button.addEventListener("click", () => {
      if (!state.off.delete(type)) state.off.add(type);
      button.setAttribute("aria-pressed", String(!state.off.has(type)));
      refresh();
    });
    $("types").append(button);
  }
  if (dated) {
    for (const id of ["from", "to"]) {
      $(id).max = latest - earliest;
      $(id).addEventListener("input", () => setWindow(earliest + Number($("from").value), earliest + Number($("to").value)));
    }
    setWindow(earliest, latest);
  } else { $("time").hidden = true; refresh(); }
  $("play").addEventListener("click", play);
  $("search").addEventListener("input", () => { state.search = $("search").value.trim().toLowerCase(); state.cards = CARDS; refresh(); });
  $("closer").addEventListener("click", () => map.zoom(1.6));
  $("wider").addEventListener("click", () => map.zoom(1 / 1.6));
  $("all").addEventListener("click", () => map.fit());
  $("print").addEventListener("click", () => { drawTable(matching().filter(certainty)); window.print(); });
  $("download").addEventListener("click", () => {
    const address = URL.createObjectURL(new Blob([$("dateline-layer").textContent], { type: "application/geo+json" }));
    node("a", { href: address, download: "events.geojson" }).click();
    URL.revokeObjectURL(address);
  });
  addEventListener("resize", () => drawBars(matching()));
}

start();
