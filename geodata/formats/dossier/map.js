// A world map on a canvas: Natural Earth's countries, places and areas in Web Mercator, panned and zoomed by hand.
const LIMIT = 85.05113;  // Web Mercator's square ends there
const TAU = 2 * Math.PI;
const projectX = lon => (lon + 180) / 360;
const projectY = lat => {
  const sine = Math.sin(Math.max(-LIMIT, Math.min(LIMIT, lat)) * Math.PI / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
};

// Arcs as whole numbers, each point told from the one before; a country's rings name their arcs (~n backwards).
function countriesOf(borders) {
  const arcs = borders.arcs.map(flat => {
    const points = [];
    let x = 0, y = 0;
    for (let i = 0; i < flat.length; i += 2) {
      x += flat[i]; y += flat[i + 1];
      points.push([x / borders.scale, y / borders.scale]);
    }
    return points;
  });
  return borders.countries.map(({ name, rings }) => {
    const path = new Path2D();
    let widest = { area: 0, x: 0, y: 0, width: 0 };
    for (const numbers of rings) {
      const ring = unwrapped(numbers.flatMap(n => n < 0 ? arcs[~n].slice().reverse() : arcs[n]));
      ring.forEach(([x, y], i) => i ? path.lineTo(x, y) : path.moveTo(x, y));
      path.closePath();
      const box = boxOf(ring);
      if (box.area > widest.area) widest = box;
    }
    return { name, path, ...widest };
  }).sort((one, other) => other.width - one.width);
}

// Longitudes that jump across the antimeridian run on instead.
function unwrapped(ring) {
  let shift = 0, last = null;
  return ring.map(([lon, lat]) => {
    if (last !== null && lon - last > 180) shift -= 360;
    if (last !== null && last - lon > 180) shift += 360;
    last = lon;
    return [projectX(lon + shift), projectY(lat)];
  });
}

function boxOf(ring) {
  let [left, right, top, bottom] = [9, -9, 9, -9];
  for (const [x, y] of ring) {
    left = Math.min(left, x); right = Math.max(right, x); top = Math.min(top, y); bottom = Math.max(bottom, y);
  }
  return { area: (right - left) * (bottom - top), x: (left + right) / 2, y: (top + bottom) / 2, width: right - left };
}

class WorldMap {
  constructor(canvas, borders, onChoose, onPoint) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
    this.countries = borders ? countriesOf(borders) : [];
    this.onChoose = onChoose;
    this.onPoint = onPoint;
    this.spots = [];
    this.chosen = null;
    this.centre = [0.5, 0.4];
    this.scale = 500;  // pixels the whole world is wide
    new ResizeObserver(() => this.resize()).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
    addEventListener("beforeprint", () => this.resize());
    this.listen();
  }

  resize() {
    const { width, height } = this.canvas.getBoundingClientRect();
    const ratio = devicePixelRatio || 1;
    this.width = width; this.height = height;
    this.canvas.width = Math.round(width * ratio); this.canvas.height = Math.round(height * ratio);
    this.ratio = ratio;
    if (!this.fitted && width) this.fit();
    this.draw();
  }

  // Shows all spots; across the antimeridian where the widest stretch without any lies elsewhere.
  fit() {
    this.fitted = true;
    if (!this.spots.length) { this.scale = Math.max(this.width, 400); this.centre = [0.5, 0.42]; return this.draw(); }
    const centres = this.spots.map(spot => spot.at[0]).sort((one, other) => one - other);
    let seam = centres[0], widest = 1 + centres[0] - centres[centres.length - 1];
    for (let i = 1; i < centres.length; i++)
      if (centres[i] - centres[i - 1] > widest) { widest = centres[i] - centres[i - 1]; seam = centres[i]; }
    let [left, right, top, bottom] = [9, -9, 9, -9];
    for (const spot of this.spots) {
      const middle = spot.at[0] < seam ? spot.at[0] + 1 : spot.at[0];
      for (const [x, y] of spot.extent) {
        const near = x + Math.round(middle - x);  // the turn of the world on which the spot's middle lies
        left = Math.min(left, near); right = Math.max(right, near); top = Math.min(top, y); bottom = Math.max(bottom, y);
      }
    }
    const wide = Math.max(right - left, 0.012), high = Math.max(bottom - top, 0.012);
    this.scale = Math.min((this.width - 90) / wide, (this.height - 90) / high, 60000);
    this.scale = Math.max(this.scale, this.width);
    this.centre = [(left + right) / 2, (top + bottom) / 2];
    this.draw();
  }

  toScreen([x, y]) {
    return [(x - this.centre[0]) * this.scale + this.width / 2, (y - this.centre[1]) * this.scale + this.height / 2];
  }

  zoom(factor, at = [this.width / 2, this.height / 2]) {
    const scale = Math.max(Math.min(this.width, 400), Math.min(400000, this.scale * factor));
    for (const axis of [0, 1]) {
      const offset = at[axis] - (axis ? this.height : this.width) / 2;
      this.centre[axis] += offset / this.scale - offset / scale;
    }
    this.scale = scale;
    this.settle();
  }

  move(dx, dy) {
    this.centre[0] -= dx / this.scale; this.centre[1] -= dy / this.scale;
    this.settle();
  }

  settle() {
    this.centre[0] -= Math.floor(this.centre[0]);
    this.centre[1] = Math.max(0, Math.min(1, this.centre[1]));
    this.draw();
  }

  goTo(spot) {
    this.centre = [...spot.at];
    if (this.scale < 3000) this.scale = 3000;
    this.settle();
  }

  draw() {
    if (this.asked) return;
    this.asked = requestAnimationFrame(() => { this.asked = null; this.paint(); });
  }

  paint() {
    const c = this.context, style = getComputedStyle(document.documentElement);
    const colour = name => style.getPropertyValue(`--${name}`).trim();
    c.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    c.fillStyle = colour("sea");
    c.fillRect(0, 0, this.width, this.height);
    for (const turn of [-1, 0, 1]) {
      const [x, y] = this.toScreen([turn, 0]);
      if (x > this.width || x + this.scale < -this.scale * 0.1) continue;
      c.setTransform(this.scale * this.ratio, 0, 0, this.scale * this.ratio, x * this.ratio, y * this.ratio);
      c.lineJoin = "round";
      c.fillStyle = colour("land");
      c.strokeStyle = colour("border");
      c.lineWidth = 0.9 / this.scale;
      for (const country of this.countries) { c.fill(country.path, "evenodd"); c.stroke(country.path); }
    }
    c.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    this.paintGrid(c, colour("coast"));
    this.paintNames(c, colour("label"), colour("land"));
    for (const spot of this.spots) if (spot.polygons) this.paintArea(c, spot);
    this.clusters = this.clustered();
    for (const cluster of this.clusters) this.paintCluster(c, cluster, colour("card"));
  }

  paintGrid(c, colour) {
    const step = [1, 2, 5, 10, 30].find(degrees => degrees / 360 * this.scale > 110) || 30;
    c.strokeStyle = colour; c.globalAlpha = 0.35; c.lineWidth = 0.5;
    c.beginPath();
    for (let lon = -180; lon <= 180; lon += step) for (const turn of [-1, 0, 1]) {
      const [x] = this.toScreen([projectX(lon) + turn, 0]);
      if (x >= 0 && x <= this.width) { c.moveTo(x, 0); c.lineTo(x, this.height); }
    }
    for (let lat = -80; lat <= 80; lat += step) {
      const [, y] = this.toScreen([0, projectY(lat)]);
      if (y >= 0 && y <= this.height) { c.moveTo(0, y); c.lineTo(this.width, y); }
    }
    c.stroke();
    c.globalAlpha = 1;
  }

  paintNames(c, colour, halo) {
    c.textAlign = "center"; c.textBaseline = "middle"; c.lineWidth = 3; c.strokeStyle = halo; c.fillStyle = colour;
    c.font = "600 11px system-ui, sans-serif";
    c.letterSpacing = "0.08em";
    const taken = [];
    for (const country of this.countries) {  // the widest first
      const name = country.name.toUpperCase();
      const wide = name.length * 9;
      if (country.width * this.scale < wide) continue;
      for (const turn of [-1, 0, 1]) {
        const [x, y] = this.toScreen([country.x + turn, country.y]);
        if (x < 0 || x > this.width || y < 0 || y > this.height) continue;
        if (taken.some(other => Math.abs(other.x - x) < (other.wide + wide) / 2 && Math.abs(other.y - y) < 14)) continue;
        taken.push({ x, y, wide });
        c.strokeText(name, x, y); c.fillText(name, x, y);
      }
    }
    c.letterSpacing = "0px";
  }

  paintArea(c, spot) {
    c.globalAlpha = spot.alpha;
    c.strokeStyle = c.fillStyle = spot.colour;
    c.lineWidth = spot === this.chosen ? 3 : 1.4;
    c.setLineDash([5, 4]);
    for (const turn of [-1, 0, 1]) {
      c.beginPath();
      for (const ring of spot.polygons) {
        ring.forEach((point, i) => {
          const [x, y] = this.toScreen([point[0] + turn, point[1]]);
          i ? c.lineTo(x, y) : c.moveTo(x, y);
        });
        c.closePath();
      }
      c.globalAlpha = spot.alpha * 0.13; c.fill("nonzero");  // outlines of neighbours may overlap
      c.globalAlpha = spot.alpha; c.stroke();
    }
    c.setLineDash([]);
    c.globalAlpha = 1;
  }

  // Spots nearer than a disc's width share one: cells of a grid, each drawn at the middle of what it holds.
  clustered() {
    const cells = new Map();
    for (const spot of this.spots) for (const turn of [-1, 0, 1]) {
      const [x, y] = this.toScreen([spot.at[0] + turn, spot.at[1]]);
      if (x < -30 || y < -30 || x > this.width + 30 || y > this.height + 30) continue;
      const key = `${Math.floor(x / 30)}:${Math.floor(y / 30)}:${spot.polygons ? "area" : "place"}`;
      const cell = cells.get(key) || { spots: [], x: 0, y: 0, count: 0, alpha: 0, area: Boolean(spot.polygons) };
      cell.spots.push(spot); cell.x += x * spot.count; cell.y += y * spot.count; cell.count += spot.count;
      cell.alpha = Math.max(cell.alpha, spot.alpha);
      cells.set(key, cell);
    }
    return [...cells.values()].map(cell => {
      const main = cell.spots.reduce((best, spot) => spot.count > best.count ? spot : best);
      return { ...cell, x: cell.x / cell.count, y: cell.y / cell.count, colour: main.colour, main,
               radius: Math.min(6 + 3 * Math.sqrt(cell.count), 26) };
    }).sort((one, other) => other.area - one.area || other.radius - one.radius);  // places above areas, small above large
  }

  paintCluster(c, cluster, paper) {
    const { x, y, radius } = cluster, chosen = cluster.spots.includes(this.chosen);
    c.globalAlpha = cluster.alpha;
    c.beginPath();
    c.arc(x, y, radius, 0, TAU);
    c.fillStyle = cluster.area ? paper : cluster.colour;
    c.fill();
    c.lineWidth = chosen ? 4 : 2;
    c.strokeStyle = cluster.area ? cluster.colour : paper;
    if (cluster.area) c.setLineDash([4, 3]);
    c.stroke();
    c.setLineDash([]);
    if (chosen) { c.beginPath(); c.arc(x, y, radius + 4, 0, TAU); c.strokeStyle = cluster.colour; c.lineWidth = 2; c.stroke(); }
    if (cluster.count > 1) {
      c.fillStyle = cluster.area ? cluster.colour : "#fff";
      c.font = `600 ${radius > 12 ? 12 : 10.5}px system-ui, sans-serif`;
      c.textAlign = "center"; c.textBaseline = "middle";
      c.fillText(String(cluster.count), x, y + 0.5);
    }
    c.globalAlpha = 1;
  }

  at(x, y) {
    const apart = cluster => Math.hypot(cluster.x - x, cluster.y - y);
    return (this.clusters || []).filter(cluster => apart(cluster) <= cluster.radius + 3)
      .sort((one, other) => apart(one) - apart(other))[0];
  }

  listen() {
    const canvas = this.canvas, held = new Map();
    let moved = 0;
    const position = event => { const box = canvas.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
    canvas.addEventListener("pointerdown", event => {
      canvas.setPointerCapture(event.pointerId);
      held.set(event.pointerId, position(event));
      moved = 0;
      canvas.classList.add("held");
    });
    canvas.addEventListener("pointermove", event => {
      const now = position(event), before = held.get(event.pointerId);
      if (!before) { this.onPoint(this.at(...now), now); return; }
      moved += Math.hypot(now[0] - before[0], now[1] - before[1]);
      if (held.size === 2) {
        const other = [...held].find(([id]) => id !== event.pointerId)[1];
        const apart = point => Math.hypot(point[0] - other[0], point[1] - other[1]);
        this.zoom(apart(now) / Math.max(apart(before), 1), [(now[0] + other[0]) / 2, (now[1] + other[1]) / 2]);
      } else this.move(now[0] - before[0], now[1] - before[1]);
      held.set(event.pointerId, now);
    });
    const release = event => {
      held.delete(event.pointerId);
      if (!held.size) canvas.classList.remove("held");
      if (event.type === "pointerup" && moved < 5) this.onChoose(this.at(...position(event)));
    };
    for (const kind of ["pointerup", "pointercancel"]) canvas.addEventListener(kind, release);
    canvas.addEventListener("pointerleave", () => this.onPoint(undefined));
    canvas.addEventListener("wheel", event => {
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016)), position(event));
    }, { passive: false });
    canvas.addEventListener("dblclick", event => this.zoom(2, position(event)));
    canvas.addEventListener("keydown", event => {
      const step = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
      if (step) { event.preventDefault(); this.move(...step); }
      if (event.key === "+") this.zoom(1.5);
      if (event.key === "-") this.zoom(1 / 1.5);
    });
  }
}
