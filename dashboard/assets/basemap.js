// The offline basemap: Natural Earth's countries, their names, and towns that appear with the zoom.
(function (L) {
  "use strict";
  const Dateline = L.Dateline;

  Dateline.THEMES = {
    light: { sea: "#dbe5ec", land: "#f7f5f0", line: "#b9bfc6", label: "#6d7680", town: "#4c545c", halo: "#f7f5f0",
      ink: "#1f2933", paper: "#ffffff", outline: "#ffffff", area: "#3d5a80", muted: "#8a939c" },
    dark: { sea: "#10161c", land: "#1e262e", line: "#3c4853", label: "#8793a0", town: "#a9b4bf", halo: "#1e262e",
      ink: "#e8edf2", paper: "#11181f", outline: "#cfd8e0", area: "#8fb3dc", muted: "#7d8894" },
  };

  /** Move the parts of a ring that jump over the 180th meridian, so that it is drawn in one piece. */
  function unwrapRing(ring) {
    let offset = 0;
    let before = ring[0][0];
    const unwrapped = ring.map(([lon, lat]) => {
      if (lon - before > 180) offset -= 360;
      else if (before - lon > 180) offset += 360;
      before = lon;
      return [lon + offset, lat];
    });
    if (offset) {
      // The ring goes around a pole (Antarctica): close it along the map's edge.
      const [first, last] = [unwrapped[0], unwrapped[unwrapped.length - 1]];
      unwrapped.push([last[0], -90], [first[0], -90], first);
    }
    return unwrapped;
  }

  function unwrap(geometry) {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    return { type: "MultiPolygon", coordinates: polygons.map((rings) => rings.map(unwrapRing)) };
  }

  function ringArea(ring) {
    let area = 0;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) area += ring[j][0] * ring[i][1] - ring[i][0] * ring[j][1];
    return area / 2;
  }

  function ringCentroid(ring) {
    let [x, y, sum] = [0, 0, 0];
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const cross = ring[j][0] * ring[i][1] - ring[i][0] * ring[j][1];
      x += (ring[j][0] + ring[i][0]) * cross;
      y += (ring[j][1] + ring[i][1]) * cross;
      sum += cross;
    }
    return sum ? [x / (3 * sum), y / (3 * sum)] : ring[0];
  }

  /** A file from the server; what Python has packed is unpacked on its way in. */
  Dateline.fetchFile = async function (url) {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    return url.endsWith(".gz") ? new Response(answer.body.pipeThrough(new DecompressionStream("gzip"))) : answer;
  };

  const fetchJSON = async (url) => (await Dateline.fetchFile(url)).json();
  Dateline.fetchJSON = fetchJSON;

  // Natural Earth gives land to who holds it. Where the United Nations have said whose it is, the map says so, too.
  const BELONGS = [
    { name: "Crimea", point: [34.1, 45.2], from: "643", to: "804" }, // General Assembly, resolution 68/262 (2014)
  ];

  /** Move the polygon around a point from one country to another, and dissolve the line between. */
  function handOver(topology, { point, from, to }) {
    const countries = topology.objects.countries.geometries;
    const [holder, owner] = [from, to].map((id) => countries.find((country) => country.id === id));
    const at = holder.arcs.findIndex((arcs) =>
      ringContains(topojson.feature(topology, { type: "Polygon", arcs }).geometry.coordinates[0], ...point));
    if (at < 0) return;
    const [arcs] = holder.arcs.splice(at, 1);
    Object.assign(owner, topojson.mergeArcs(topology, [owner, { type: "Polygon", arcs }]));
  }

  function ringContains(ring, lon, lat) {
    let inside = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [[x1, y1], [x2, y2]] = [ring[i], ring[j]];
      if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside;
    }
    return inside;
  }
  Dateline.ringContains = ringContains;

  /** The countries of the world, by ISO 3166-1 numeric code. */
  Dateline.World = class {
    static async load(url) {
      const topology = await fetchJSON(url);
      const world = new Dateline.World();
      BELONGS.forEach((part) => handOver(topology, part));
      world.topology = topology;
      world.countries = topojson.feature(topology, topology.objects.countries).features.map((feature) => {
        const geometry = unwrap(feature.geometry);
        const rings = geometry.coordinates.map((polygon) => polygon[0]);
        const largest = rings.reduce((best, ring) => (Math.abs(ringArea(ring)) > Math.abs(ringArea(best)) ? ring : best));
        return { type: "Feature", id: feature.id, geometry, properties: {
          name: feature.properties.name, centre: ringCentroid(largest), area: Math.abs(ringArea(largest)) } };
      });
      world.byCode = new Map(world.countries.map((country) => [country.id, country]));
      return world;
    }

    /** The line that two countries share, or null. */
    border(first, second) {
      const pair = (a, b) => a !== b && ((a.id === first && b.id === second) || (a.id === second && b.id === first));
      const line = topojson.mesh(this.topology, this.topology.objects.countries, pair);
      return line.coordinates.length ? line : null;
    }
  };

  const LABEL_FONT = '"Source Sans", "Source Sans 3", system-ui, sans-serif';

  /** Names of countries and towns, as many as fit without touching. */
  const Labels = Dateline.CanvasLayer.extend({
    initialize(world) {
      this._world = world;
      this._towns = [];
      this._names = {};
      this._theme = Dateline.THEMES.light;
    },
    setTowns(towns) {
      this._towns = towns;
      this.redrawSoon();
    },
    setNames(names) {
      this._names = names;
      this.redrawSoon();
    },
    setTheme(theme) {
      this._theme = theme;
      this.redrawSoon();
    },

    draw(pen, view) {
      const taken = [];
      pen.lineJoin = "round";
      pen.textBaseline = "middle";
      this._drawCountries(pen, view, taken);
      if (view.zoom >= 5) this._drawTowns(pen, view, taken);
    },

    _drawCountries(pen, view, taken) {
      pen.textAlign = "center";
      const zoom = view.zoom;
      for (const { id, properties } of this._world.countries) {
        const pixels = Math.sqrt(properties.area) * (view.scale / 360);
        if (pixels < 55 || zoom > 8) continue;
        const [lon, lat] = properties.centre;
        const size = Math.max(10.5, Math.min(15, 8 + pixels / 40));
        pen.font = `500 ${size}px ${LABEL_FONT}`;
        pen.letterSpacing = "0.06em";
        const name = this._names[id] || properties.name;
        this._write(pen, view, name, Dateline.worldX(lon), Dateline.worldY(lat), size, this._theme.label, taken, 0);
      }
      pen.letterSpacing = "0em";
    },

    _drawTowns(pen, view, taken) {
      pen.textAlign = "left";
      const smallest = { 5: 1e6, 6: 4e5, 7: 1.5e5, 8: 6e4, 9: 2e4 }[view.zoom] || 15000;
      for (const [name, x, y, people] of this._towns) {
        if (people < smallest) break; // they come in order of size
        const size = people > 1e6 ? 12.5 : 11.5;
        pen.font = `400 ${size}px ${LABEL_FONT}`;
        const where = this._write(pen, view, name, x, y, size, this._theme.town, taken, 6);
        if (!where) continue;
        pen.fillStyle = this._theme.town;
        pen.beginPath();
        pen.arc(where.x, where.y, 1.8, 0, 7);
        pen.fill();
      }
    },

    _write(pen, view, text, worldX, worldY, size, colour, taken, indent) {
      const x = worldX * view.scale - view.left;
      const y = worldY * view.scale - view.top;
      if (x < 0 || y < 0 || x > view.size.x || y > view.size.y) return null;
      const width = pen.measureText(text).width;
      const left = pen.textAlign === "center" ? x - width / 2 : x;
      const box = [left - 4, y - size / 2 - 3, left + width + indent + 4, y + size / 2 + 3];
      if (taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) return null;
      taken.push(box);
      pen.lineWidth = 3;
      pen.strokeStyle = this._theme.halo;
      pen.strokeText(text, x + indent, y);
      pen.fillStyle = colour;
      pen.fillText(text, x + indent, y);
      return { x, y };
    },
  });

  /** Land, borders and names in panes below the events; online tiles on request. */
  Dateline.Basemap = class {
    constructor(map, world) {
      map.createPane("land").style.zIndex = 210;
      map.createPane("labels").style.zIndex = 410;
      map.getPane("labels").style.pointerEvents = "none";
      this._map = map;
      this._land = L.geoJSON(world.countries, { pane: "land", interactive: false,
        renderer: L.canvas({ pane: "land", padding: 0.3 }), smoothFactor: 0.7 }).addTo(map);
      this._labels = new Labels(world, { pane: "labels" });
      this._labels.options = { pane: "labels" };
      this._labels.addTo(map);
    }

    setTheme(name) {
      const theme = Dateline.THEMES[name];
      this._map.getContainer().style.background = theme.sea;
      this._land.setStyle({ weight: 0.8, color: theme.line, fillColor: theme.land, fillOpacity: 1 });
      this._labels.setTheme(theme);
    }

    setNames(names) {
      this._labels.setNames(names);
    }

    setTowns(towns) {
      this._labels.setTowns(towns.map(([name, lon, lat, people]) => [name, Dateline.worldX(lon), Dateline.worldY(lat), people]));
    }

    /** Show tiles from `source` {url, attribution}, or none if it is null. */
    setTiles(source) {
      if ((source && source.url) === (this._tiles && this._tiles._url)) return;
      if (this._tiles) this._tiles.remove();
      this._tiles = source ? L.tileLayer(source.url, { attribution: source.attribution, maxZoom: 19 }).addTo(this._map) : null;
      const pane = (name) => this._map.getPane(name).style;
      pane("land").display = pane("labels").display = source ? "none" : "";
    }
  };
})(L);
