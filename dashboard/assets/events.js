// What happened where: points with their halo, clusters, areas shaded by count. Never a false pin.
(function (L) {
  "use strict";
  const Dateline = L.Dateline;

  const CELL = 44; // pixels: events nearer than this are one cluster
  const MARKER = 7; // radius of a single event in pixels
  const LIST_ZOOM = 11; // from here on a cluster opens as a list instead of zooming in
  const MOST_LISTED = 200;
  const FAR_KM = 250; // a country of a larger radius fills the view close up

  /** Radius of a cluster of `count` events: grows with the logarithm. */
  const clusterRadius = (count) => Math.min(34, 11 + 3.1 * Math.log2(count));

  const shortCount = (count) =>
    count < 1000 ? String(count) : count < 1e6 ? `${(count / 1e3).toFixed(count < 1e4 ? 1 : 0)}k` : `${(count / 1e6).toFixed(1)}M`;

  const SHAPES = {
    circle: (pen, r) => pen.arc(0, 0, r, 0, 7),
    square: (pen, r) => pen.rect(-r * 0.88, -r * 0.88, r * 1.76, r * 1.76),
    diamond: (pen, r) => polygon(pen, [[0, -r * 1.2], [r * 1.2, 0], [0, r * 1.2], [-r * 1.2, 0]]),
    triangle: (pen, r) => polygon(pen, [[0, -r * 1.15], [r * 1.1, r * 0.85], [-r * 1.1, r * 0.85]]),
    star: (pen, r) => polygon(pen, Array.from({ length: 10 }, (_, i) => {
      const reach = i % 2 ? r * 0.58 : r * 1.32;
      return [reach * Math.sin((i * Math.PI) / 5), -reach * Math.cos((i * Math.PI) / 5)];
    })),
    cross: (pen, r) => {
      const [a, b] = [r * 0.42, r * 1.12];
      polygon(pen, [[-a, -b], [a, -b], [a, -a], [b, -a], [b, a], [a, a], [a, b], [-a, b], [-a, a], [-b, a], [-b, -a], [-a, -a]]
        .map(([x, y]) => [(x - y) * Math.SQRT1_2, (x + y) * Math.SQRT1_2]));
    },
  };

  function polygon(pen, corners) {
    corners.forEach(([x, y], i) => (i ? pen.lineTo(x, y) : pen.moveTo(x, y)));
    pen.closePath();
  }

  /** One event: its type's shape and colour; how sure the text is shows in filling and outline. */
  Dateline.drawMarker = function (pen, x, y, radius, type, status, theme) {
    pen.save();
    pen.translate(x, y);
    pen.beginPath();
    (SHAPES[type.icon] || SHAPES.circle)(pen, radius);
    pen.lineJoin = "round";
    if (status === "asserted") {
      pen.lineWidth = 2.6;
      pen.strokeStyle = theme.outline;
      pen.stroke();
      pen.fillStyle = type.colour;
      pen.fill();
    } else {
      pen.lineWidth = 4.6;
      pen.strokeStyle = theme.outline;
      pen.stroke();
      pen.fillStyle = theme.paper;
      pen.fill();
      pen.lineWidth = 2.6;
      pen.strokeStyle = type.colour;
      if (status === "planned" || status === "hypothetical") pen.setLineDash(status === "planned" ? [3.5, 2.5] : [1.5, 2.5]);
      pen.stroke();
      pen.setLineDash([]);
      if (status === "denied" || status === "negated") {
        pen.beginPath();
        pen.moveTo(-radius * 1.3, radius * 1.3);
        pen.lineTo(radius * 1.3, -radius * 1.3);
        pen.stroke();
      }
    }
    pen.restore();
  };

  function contains(geometry, lon, lat) {
    const { ringContains } = Dateline;
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.type === "MultiPolygon" ? geometry.coordinates : [];
    return polygons.some(([outer, ...holes]) => ringContains(outer, lon, lat) && !holes.some((hole) => ringContains(hole, lon, lat)));
  }

  /** Draws the kept events of the columns, and finds what lies under a click. */
  Dateline.EventLayer = Dateline.CanvasLayer.extend({
    initialize(world) {
      this.options = { pane: "events" };
      this._world = world;
      this._theme = Dateline.THEMES.light;
      this._hits = [];
      this._selected = new Set();
      this._otherPins = new Map();
    },

    onAdd(map) {
      map.createPane("areas").style.zIndex = 300;
      map.createPane("events").style.zIndex = 450;
      map.getPane("events").style.pointerEvents = "none";
      this._areaRenderer = L.canvas({ pane: "areas", padding: 0.3 });
      this._areas = new Map();
      Dateline.CanvasLayer.prototype.onAdd.call(this, map);
      this._canvas.classList.add("dateline-events");
      map.on("zoomend", this._restyleAreas, this).on("click", this._click, this).on("mousemove", this._hover, this);
    },

    setTheme(name) {
      this._theme = Dateline.THEMES[name];
      this._restyleAreas();
      this.redrawSoon();
    },

    /** Types, families and statuses in the order of their codes. */
    setKey(key) {
      this.key = key;
      const names = [...new Set(key.types.map((type) => type.family))];
      this.families = { names, count: names.length, ofType: Uint8Array.from(key.types, (type) => names.indexOf(type.family)),
        colours: names.map((name) => key.families[name].colour) };
    },

    setColumns(columns) {
      for (const area of this._areas.values()) area.remove();
      this._areas.clear();
      this._counted = null; // nothing is drawn until its events are counted
      this._hits = [];
      this.columns = columns;
      this._worldX = Float64Array.from(columns.places, (place) => Dateline.worldX(place.lon));
      this._worldY = Float64Array.from(columns.places, (place) => Dateline.worldY(place.lat));
    },

    /** Keep {types, statuses: Boolean by code, range: [first, last] or null, certainly}; returns how many are kept. */
    setKeep(keep) {
      this.keep = keep;
      this._counted = this.columns.countByPlace(keep, this.families);
      this._updateAreas();
      this.redrawSoon();
      return this._counted.kept;
    },

    /** Ring the places of selected events; ring and name the other places of the event, as [place, name]. */
    setSelected(placeIndexes, otherPins) {
      this._selected = new Set(placeIndexes);
      this._otherPins = new Map(otherPins);
      this._restyleAreas();
      this.redrawSoon();
    },

    // Areas ------------------------------------------------------------------------------------------------------

    _updateAreas() {
      const { counts } = this._counted;
      this._most = 1;
      this.columns.places.forEach((place, index) => {
        if (!place.point && counts[index] > this._most) this._most = counts[index];
      });
      this.columns.places.forEach((place, index) => {
        if (place.point) return;
        const shown = this._areas.get(index);
        if (!counts[index] && shown) {
          shown.remove();
          this._areas.delete(index);
        } else if (counts[index] && !shown) {
          const area = this._makeArea(place);
          if (area) this._areas.set(index, area.addTo(this._map));
        }
      });
      this._restyleAreas();
    },

    /** A country's own shape, a border's own line, a region's outline; null if nothing but a radius is known. */
    _makeArea(place) {
      const style = { pane: "areas", renderer: this._areaRenderer, interactive: false, smoothFactor: 0.7 };
      const country = place.kind === "country" && this._world.byCode.get(place.codes[0]);
      const border = place.kind === "border" && place.codes.length === 2 && this._world.border(...place.codes);
      const geometry = country ? country.geometry : border || place.outline;
      if (!geometry) return null;
      place.shape = geometry;
      return L.geoJSON(geometry, style);
    },

    _restyleAreas() {
      if (!this._areas || !this._counted) return;
      for (const [index, area] of this._areas) {
        const place = this.columns.places[index];
        const share = Math.log1p(this._counted.counts[index]) / Math.log1p(this._most);
        const chosen = this._selected.has(index) || this._otherPins.has(index);
        // Close up, a country fills the view: its shade must not hide what lies within.
        const faint = place.kind === "country" && place.radius > FAR_KM ? Math.max(0.35, 1 - 0.2 * Math.max(0, this._map.getZoom() - 3)) : 1;
        const style = { color: this._theme.area, weight: chosen ? 2.5 : 1.2, opacity: chosen ? 1 : 0.7,
          fill: true, fillColor: this._theme.area, fillOpacity: (0.1 + 0.28 * share) * faint, dashArray: null };
        if (place.kind === "region" || place.kind === "water") Object.assign(style, { dashArray: "5 4", weight: chosen ? 2.5 : 1.4 });
        if (place.kind === "border") Object.assign(style, { fill: false, weight: 3 + 3 * share, opacity: 0.75 });
        area.setStyle(style);
      }
    },

    // Drawing ----------------------------------------------------------------------------------------------------

    draw(pen, view) {
      if (!this._counted) return;
      this._hits = [];
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      const groups = this._gather(view);
      for (const group of groups) for (const index of group.places) this._drawSoftArea(pen, view, index);
      for (const group of groups) if (group.point && group.places.length === 1) this._drawHalo(pen, view, group);
      groups.sort((a, b) => b.count - a.count);
      for (const group of groups) {
        if (!group.point && !group.mixed) this._drawBadge(pen, group);
        else if (group.count === 1) this._drawSingle(pen, group);
        else this._drawCluster(pen, group);
        if (group.places.some((index) => this._selected.has(index))) this._drawRing(pen, group);
        this._hits.push(group);
      }
      for (const [index, name] of this._otherPins) this._drawOtherPin(pen, view, groups, index, name);
    },

    /** Places in view with kept events: points gathered in cells of a grid, areas one by one. */
    _gather(view) {
      const { counts, byFamily } = this._counted;
      const { places } = this.columns;
      const cells = new Map();
      const areas = [];
      const families = this.families.count;
      for (let index = 0; index < places.length; index++) {
        const count = counts[index];
        if (!count) continue;
        const x = this._worldX[index] * view.scale - view.left;
        // A country's label stands below its name.
        const y = this._worldY[index] * view.scale - view.top + (places[index].kind === "country" ? 15 : 0);
        if (x < -CELL || y < -CELL || x > view.size.x + CELL || y > view.size.y + CELL) {
          if (places[index].point) continue;
        }
        const point = places[index].point;
        // Cells stand still when the map is panned: they are counted from the world's corner.
        const cell = point ? Math.floor((x + view.left) / CELL) + Math.floor((y + view.top) / CELL) * 2 ** 26 : -1;
        let group = point ? cells.get(cell) : null;
        if (!group) {
          group = { point, x: 0, y: 0, count: 0, places: [], families: new Float64Array(families) };
          if (point) cells.set(cell, group);
          else areas.push(group);
        }
        group.x += x * count;
        group.y += y * count;
        group.count += count;
        group.places.push(index);
        for (let f = 0; f < families; f++) group.families[f] += byFamily[index * families + f];
      }
      const groups = this._mergeNear([...cells.values(), ...areas]);
      for (const group of groups) {
        group.x /= group.count;
        group.y /= group.count;
      }
      return groups;
    },

    /** Neighbours can lie in two cells that meet at an edge, a label on a cluster: merge what would overlap. */
    _mergeNear(groups) {
      groups.sort((a, b) => b.count - a.count);
      const kept = [];
      const near = new Map();
      const key = (x, y) => Math.floor(x / CELL) + Math.floor(y / CELL) * 2 ** 20;
      for (const group of groups) {
        const [x, y] = [group.x / group.count, group.y / group.count];
        let into = null;
        for (let dx = -2 * CELL; dx <= 2 * CELL && !into; dx += CELL) {
          for (let dy = -2 * CELL; dy <= 2 * CELL && !into; dy += CELL) {
            into = (near.get(key(x + dx, y + dy)) || []).find((other) => {
              const apart = Math.hypot(other.x / other.count - x, other.y / other.count - y);
              return apart < Math.max(CELL * 0.6, 0.85 * (clusterRadius(other.count) + clusterRadius(group.count)));
            }) || null;
          }
        }
        if (into) {
          into.x += group.x;
          into.y += group.y;
          into.count += group.count;
          into.mixed ||= !group.point || !into.point;
          into.places.push(...group.places);
          group.families.forEach((count, family) => (into.families[family] += count));
        } else {
          kept.push(group);
          const cell = key(x, y);
          if (!near.has(cell)) near.set(cell, []);
          near.get(cell).push(group);
        }
      }
      return kept;
    },

    /** An area that nobody has outlined fades out at its radius. */
    _drawSoftArea(pen, view, index) {
      const place = this.columns.places[index];
      if (place.point || this._areas.has(index)) return;
      const radius = Math.max(14, Dateline.kmToPixels(place.radius, place.lat, view.zoom));
      const x = this._worldX[index] * view.scale - view.left;
      const y = this._worldY[index] * view.scale - view.top;
      const share = Math.log1p(this._counted.counts[index]) / Math.log1p(this._most);
      const chosen = this._selected.has(index);
      const fade = pen.createRadialGradient(x, y, 0, x, y, radius);
      const alpha = (value) => Math.round(255 * value).toString(16).padStart(2, "0");
      fade.addColorStop(0, this._theme.area + alpha(0.18 + 0.2 * share));
      fade.addColorStop(0.7, this._theme.area + alpha(0.12 + 0.12 * share));
      fade.addColorStop(1, `${this._theme.area}00`);
      pen.fillStyle = fade;
      pen.beginPath();
      pen.arc(x, y, radius, 0, 7);
      pen.fill();
      if (place.kind === "region" || chosen) {
        pen.setLineDash([5, 4]);
        pen.lineWidth = chosen ? 2.5 : 1.4;
        pen.strokeStyle = this._theme.area;
        pen.stroke();
        pen.setLineDash([]);
      }
    },

    /** How far off the point may be. */
    _drawHalo(pen, view, group) {
      const place = this.columns.places[group.places[0]];
      const radius = Dateline.kmToPixels(place.radius, place.lat, view.zoom);
      if (radius < MARKER + 3) return;
      const colour = this._colourOf(group);
      pen.beginPath();
      pen.arc(group.x, group.y, radius, 0, 7);
      pen.fillStyle = `${colour}1f`;
      pen.fill();
      pen.lineWidth = 1;
      pen.strokeStyle = `${colour}59`;
      pen.stroke();
    },

    _colourOf(group) {
      if (group.count === 1) return this.key.types[this.columns.type[this._counted.sample[group.places[0]]]].colour;
      const most = group.families.indexOf(Math.max(...group.families));
      return this.families.colours[most];
    },

    _drawSingle(pen, group) {
      const event = this._counted.sample[group.places[0]];
      const type = this.key.types[this.columns.type[event]];
      Dateline.drawMarker(pen, group.x, group.y, MARKER, type, this.key.statuses[this.columns.status[event]].key, this._theme);
      group.radius = MARKER + 4;
    },

    /** A ring shared out among the families of types, the count within. */
    _drawCluster(pen, group) {
      const radius = (group.radius = clusterRadius(group.count));
      pen.beginPath();
      pen.arc(group.x, group.y, radius + 1.5, 0, 7);
      pen.fillStyle = this._theme.paper;
      pen.fill();
      this._drawShares(pen, group, group.x, group.y, radius - 2, 4);
      pen.fillStyle = this._theme.ink;
      pen.font = `600 ${radius > 20 ? 13 : 11.5}px "Source Sans", system-ui, sans-serif`;
      pen.fillText(shortCount(group.count), group.x, group.y + 0.5);
    },

    _drawShares(pen, group, x, y, radius, width) {
      let angle = -Math.PI / 2;
      group.families.forEach((count, family) => {
        if (!count) return;
        const turn = (2 * Math.PI * count) / group.count;
        pen.beginPath();
        pen.arc(x, y, radius, angle, angle + turn);
        pen.lineWidth = width;
        pen.strokeStyle = this.families.colours[family];
        pen.stroke();
        angle += turn;
      });
    },

    /** Somewhere in this area: a flat label with the count, never a pin. */
    _drawBadge(pen, group) {
      const text = shortCount(group.count);
      pen.font = '600 11.5px "Source Sans", system-ui, sans-serif';
      const width = pen.measureText(text).width + 27;
      const [left, top] = [group.x - width / 2, group.y - 10];
      pen.beginPath();
      pen.roundRect(left, top, width, 20, 5);
      pen.fillStyle = this._theme.paper;
      pen.fill();
      pen.lineWidth = 1;
      pen.strokeStyle = this._theme.area;
      pen.stroke();
      this._drawShares(pen, group, left + 11, group.y, 4, 3);
      pen.fillStyle = this._theme.ink;
      pen.fillText(text, left + 18 + (width - 25) / 2, group.y + 0.5);
      group.radius = width / 2 + 2;
    },

    _drawRing(pen, group) {
      pen.beginPath();
      pen.arc(group.x, group.y, group.radius + 4, 0, 7);
      pen.lineWidth = 2.5;
      pen.strokeStyle = this._theme.ink;
      pen.stroke();
    },

    /** Another place of the selected event, wherever the filters leave it: a dashed ring and its name. */
    _drawOtherPin(pen, view, groups, index, name) {
      const group = groups.find(({ places }) => places.includes(index));
      const x = group ? group.x : this._worldX[index] * view.scale - view.left;
      const y = group ? group.y : this._worldY[index] * view.scale - view.top;
      const radius = (group ? group.radius : MARKER) + 4;
      pen.beginPath();
      pen.arc(x, y, radius, 0, 7);
      pen.setLineDash([5, 3]);
      pen.lineWidth = 2.5;
      pen.strokeStyle = this._theme.ink;
      pen.stroke();
      pen.setLineDash([]);
      pen.font = '600 12.5px "Source Sans", system-ui, sans-serif';
      pen.textAlign = "left";
      pen.lineWidth = 4;
      pen.lineJoin = "round";
      pen.strokeStyle = this._theme.paper;
      pen.strokeText(name, x + radius + 5, y);
      pen.fillStyle = this._theme.ink;
      pen.fillText(name, x + radius + 5, y);
      pen.textAlign = "center";
    },

    // Clicks -----------------------------------------------------------------------------------------------------

    _groupAt(containerPoint) {
      const point = this.toCanvas(containerPoint);
      let nearest = null;
      let nearestDistance = Infinity;
      for (const group of this._hits) {
        const distance = Math.hypot(group.x - point.x, group.y - point.y);
        if (distance < group.radius + 3 && distance < nearestDistance) [nearest, nearestDistance] = [group, distance];
      }
      return nearest;
    },

    /** The smallest area with events under a point, as the index of its place, or null. */
    _areaAt(latlng) {
      let best = null;
      this.columns.places.forEach((place, index) => {
        if (place.point || !this._counted.counts[index]) return;
        const within = place.shape
          ? contains(place.shape, latlng.lng, latlng.lat)
          : this._map.distance(latlng, [place.lat, place.lon]) < place.radius * 1000;
        if (within && (best === null || place.radius < this.columns.places[best].radius)) best = index;
      });
      return best;
    },

    _hover(event) {
      const over = this.columns && this._groupAt(event.containerPoint);
      this._map.getContainer().classList.toggle("dateline-over-event", Boolean(over));
    },

    _click(event) {
      if (!this._counted || event.originalEvent?.defaultPrevented) return;
      const group = this._groupAt(event.containerPoint);
      const area = group ? null : this._areaAt(event.latlng);
      if (group && group.places.length > 1 && this._map.getZoom() < LIST_ZOOM) this._zoomTo(group);
      else if (group) this.openPlaces(group.places, null);
      else if (area !== null) this.openPlaces([area], event.latlng);
    },

    _zoomTo(group) {
      const bounds = L.latLngBounds(group.places.map((index) => [this.columns.places[index].lat, this.columns.places[index].lon]));
      const zoom = Math.min(LIST_ZOOM, Math.max(this._map.getZoom() + 2, this._map.getBoundsZoom(bounds, false, L.point(120, 120))));
      this._map.flyTo(bounds.getCenter(), zoom, { duration: 0.5 });
    },

    /** Tell that the events at some places were asked for. */
    openPlaces(placeIndexes, latlng) {
      const rows = this.columns.rowsAt(placeIndexes, this.keep, MOST_LISTED);
      const place = this.columns.places[placeIndexes[0]];
      this.fire("open", { rows, at: latlng ? [latlng.lat, latlng.lng] : [place.lat, place.lon] });
    },
  });
})(L);
