// A box drawn on the map: only what lies in it is kept. By keyboard: pan and zoom, then keep what the map shows.
(function (L) {
  "use strict";
  const Dateline = L.Dateline;

  const SMALLEST = 6; // pixels: a click is no box

  /** Fires `box` with [west, south, east, north], or null when it is taken away. */
  Dateline.BoxButton = L.Control.extend({
    includes: L.Evented.prototype,
    options: { position: "topright" },

    onAdd(map) {
      this._map = map;
      this._button = Dateline.element("button", "dateline-box", { type: "button", "aria-pressed": "false" });
      this._button.innerHTML =
        '<svg viewBox="0 0 20 20" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.7" aria-hidden="true">' +
        '<rect x="3" y="4" width="14" height="12" stroke-dasharray="3.4 2.2"/></svg>';
      const bar = Dateline.element("div", "leaflet-bar", {}, this._button);
      L.DomEvent.disableClickPropagation(bar);
      this._button.addEventListener("click", () => this._press());
      map.getContainer().addEventListener("pointerdown", (event) => this._begin(event), true);
      map.getContainer().addEventListener("keydown", (event) => event.key === "Escape" && this._arm(false));
      return bar;
    },

    name(text) {
      this._button.title = text;
      this._button.setAttribute("aria-label", text);
    },

    /** Show the box that holds ([west, south, east, north]) or none. */
    show(box, colour) {
      this._held = box;
      this._button.setAttribute("aria-pressed", String(Boolean(box || this._armed)));
      if (this._drawn) this._drawn.remove();
      this._drawn = null;
      if (!box) return;
      const [west, south, east, north] = box;
      const corners = [[south, west], [north, east < west ? east + 360 : east]];
      const line = { color: colour, weight: 2, dashArray: "6 4", fill: false, interactive: false };
      this._drawn = L.rectangle(corners, line).addTo(this._map);
    },

    _press() {
      if (this._held) this.fire("box", { bounds: null });
      else this._arm(!this._armed);
    },

    _arm(armed) {
      this._armed = armed;
      this._map.getContainer().classList.toggle("is-drawing", armed);
      this._button.setAttribute("aria-pressed", String(armed || Boolean(this._held)));
    },

    _begin(event) {
      if (!this._armed || event.button || event.target.closest(".leaflet-control, .dateline-timeline, .leaflet-popup, .dateline-sheet")) return;
      event.preventDefault();
      event.stopPropagation();
      const map = this._map;
      const from = map.mouseEventToContainerPoint(event);
      const frame = map.getContainer().appendChild(Dateline.element("div", "dateline-rubber"));
      map.dragging.disable();
      const move = (moved) => {
        const to = map.mouseEventToContainerPoint(moved);
        Object.assign(frame.style, {
          left: `${Math.min(from.x, to.x)}px`, top: `${Math.min(from.y, to.y)}px`,
          width: `${Math.abs(from.x - to.x)}px`, height: `${Math.abs(from.y - to.y)}px`,
        });
      };
      const end = (ended) => {
        window.removeEventListener("pointermove", move);
        window.removeEventListener("pointerup", end);
        window.removeEventListener("pointercancel", end);
        frame.remove();
        map.dragging.enable();
        const to = map.mouseEventToContainerPoint(ended);
        if (Math.abs(from.x - to.x) < SMALLEST || Math.abs(from.y - to.y) < SMALLEST) return;
        this._arm(false);
        const bounds = L.latLngBounds(map.containerPointToLatLng(from), map.containerPointToLatLng(to));
        this.fire("box", { bounds: [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()] });
      };
      window.addEventListener("pointermove", move);
      window.addEventListener("pointerup", end);
      window.addEventListener("pointercancel", end);
    },
  });
})(L);
