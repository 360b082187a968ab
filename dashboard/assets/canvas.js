// Leaflet layers that draw on a canvas of their own: the ground for labels and events.
(function (L) {
  "use strict";
  const Dateline = (L.Dateline = {});

  /** A place on the Mercator square [0, 1]²; multiply by 256·2^zoom for world pixels. */
  Dateline.worldX = (lon) => (lon + 180) / 360;
  Dateline.worldY = (lat) => {
    const phi = (Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180;
    return 0.5 - Math.log(Math.tan(Math.PI / 4 + phi / 2)) / (2 * Math.PI);
  };

  const EQUATOR_M = 40075016.686;
  /** How many pixels `km` are at a latitude. */
  Dateline.kmToPixels = (km, lat, zoom) =>
    (km * 1000 * 256 * 2 ** zoom) / (EQUATOR_M * Math.cos((lat * Math.PI) / 180));

  /** A canvas that covers the view and a margin around it, so that panning shows no bare edge. */
  Dateline.CanvasLayer = L.Layer.extend({
    margin: 0.2,

    onAdd(map) {
      this._canvas = L.DomUtil.create("canvas", "leaflet-zoom-animated", this.getPane());
      this._canvas.style.pointerEvents = "none";
      this._pen = this._canvas.getContext("2d");
      map.on("moveend resize", this._reset, this);
      if (map.options.zoomAnimation) map.on("zoomanim", this._animateZoom, this);
      this._reset();
    },

    onRemove(map) {
      this._canvas.remove();
      map.off("moveend resize", this._reset, this).off("zoomanim", this._animateZoom, this);
    },

    _animateZoom(event) {
      const map = this._map;
      const corner = map._latLngToNewLayerPoint(this._corner, event.zoom, event.center);
      L.DomUtil.setTransform(this._canvas, corner, map.getZoomScale(event.zoom, this._zoom));
    },

    _reset() {
      const map = this._map;
      const view = map.getSize();
      const size = view.multiplyBy(1 + 2 * this.margin).round();
      const ratio = window.devicePixelRatio || 1;
      this._size = size;
      this._zoom = map.getZoom();
      this._origin = map.containerPointToLayerPoint(view.multiplyBy(-this.margin)).round();
      this._corner = map.layerPointToLatLng(this._origin);
      L.DomUtil.setTransform(this._canvas, this._origin, 1);
      if (this._canvas.width !== size.x * ratio || this._canvas.height !== size.y * ratio) {
        this._canvas.width = size.x * ratio;
        this._canvas.height = size.y * ratio;
        this._canvas.style.width = `${size.x}px`;
        this._canvas.style.height = `${size.y}px`;
      }
      this.redraw();
    },

    /** Draw now; `redrawSoon` draws at most once a frame. */
    redraw() {
      if (!this._map) return;
      const ratio = window.devicePixelRatio || 1;
      const world = this._map.getPixelOrigin().add(this._origin);
      this._pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      this._pen.clearRect(0, 0, this._size.x, this._size.y);
      this.draw(this._pen, { scale: 256 * 2 ** this._zoom, left: world.x, top: world.y, zoom: this._zoom, size: this._size });
    },

    redrawSoon() {
      if (this._frame) return;
      this._frame = requestAnimationFrame(() => {
        this._frame = null;
        this.redraw();
      });
    },

    /** From a point in the map's container to one on this canvas. */
    toCanvas(containerPoint) {
      return this._map.containerPointToLayerPoint(containerPoint).subtract(this._origin);
    },
  });
})(L);
