// The map as Python sees it: takes commands (what to show), sends messages (what the user did).
(function (L) {
  "use strict";
  const Dateline = L.Dateline;

  const VIEW_REST_MS = 700; // a view is told when the map has rested this long

  const OVERDUE_MS = 5000; // a range that Python has not taken up by then, it has dropped for another

  const MOST_WAITING = 20;
  const NARROW = 520; // pixels: a phone
  const ATTRIBUTION = "Natural Earth · GeoNames · Leaflet";

  /** The font of the page around the map; without it the system's own does. */
  async function loadFont(url) {
    const font = await new FontFace("Source Sans", `url(${url})`, { weight: "200 900" }).load();
    document.fonts.add(font);
  }

  const asRange = (range) => (range ? [range[0], range[1]] : null);

  Dateline.Map = class {
    constructor(map, layer, worldUrl, fontUrl) {
      this.map = map;
      this.layer = layer; // the Leaflet layer that streamlit-folium listens to
      this.container = map.getContainer();
      this.container.setAttribute("role", "application");
      // folium's header forbids zooming the page with two fingers; people with low vision need it
      document.querySelector("meta[name=viewport]")?.setAttribute("content", "width=device-width, initial-scale=1");
      map.attributionControl.setPrefix(false);
      map.attributionControl.addAttribution(ATTRIBUTION);
      map.zoomControl.setPosition("topright");
      L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
      this.picture = new Dateline.PictureButton(() => this._savePicture()).addTo(map);
      this.box = new Dateline.BoxButton().addTo(map);
      this.box.on("box", ({ bounds }) => this.send("box", { bounds }));
      this.timeline = new Dateline.Timeline(this.container);
      this.tour = new Dateline.Tour(this.container);
      this.notice = this.container.appendChild(Dateline.element("div", "dateline-notice", { role: "status" }));
      this.sent = 0;
      this.outbox = []; // messages that Python has not confirmed
      this.awaited = null; // the range of the page's slider, as text, until Python's commands have it too
      const font = fontUrl ? loadFont(fontUrl).catch(() => null) : null;
      this.ready = Promise.all([Dateline.World.load(worldUrl), font]).then(([world]) => this._build(world));
      this.ready.catch((error) => this._fail(error));
      this._queue = this.ready;
    }

    _build(world) {
      const { map } = this;
      this.basemap = new Dateline.Basemap(map, world);
      this.events = new Dateline.EventLayer(world).addTo(map);
      this.events.on("open", ({ rows, at }) => this.send("open", { rows, at }));
      this.timeline.on("range", ({ range, final }) => {
        this.awaited = null;
        this._brushed(range, final);
      });
      this.slider = new Dateline.PageSlider().on("slide", ({ range, byUser }) => this._slid(range, byUser));
      map.on("moveend", () => {
        this._stayOnEarth();
        clearTimeout(this._resting);
        this._resting = setTimeout(() => this._tellView(), VIEW_REST_MS);
      });
    }

    /** Show what Python says. Commands come one after the other; each waits for the files of the one before. */
    update(command) {
      this._queue = this._queue.then(() => this._apply(command)).catch((error) => this._fail(error));
    }

    async _apply(command) {
      // All files first: while one is fetched, the map may be drawn, and one layer's events have not another's types.
      const key = command.key === this._keyUrl ? null : await Dateline.fetchJSON(command.key);
      const columns = command.columns === this._columnsUrl ? null
        : await Dateline.Columns.load(command.columns, await Dateline.fetchJSON(command.places));
      if (key) {
        this.key = key;
        this._keyUrl = command.key;
        this.events.setKey(this.key);
        this.basemap.setNames(this.key.countries);
        this.timeline.setWords(this.key.words);
        this.container.setAttribute("aria-label", this.key.words.map);
        this.picture.name(this.key.words.picture);
        this.box.name(this.key.words.box);
        this.tour.setWords(this.key.words);
      }
      this._setTheme(command.theme);
      this.filter = command.filter; // in words, for the picture
      this.box.show(command.box, Dateline.THEMES[command.theme].area);
      this.basemap.setTiles(command.tiles);
      this.picture.getContainer().hidden = Boolean(command.tiles); // a browser won't give away what others drew
      if (columns) {
        this.columns = columns;
        this._columnsUrl = command.columns;
        this.events.setColumns(this.columns);
        this.timeline.setSource(command.extent, this.events.families, (first, last, bins) =>
          this.columns.histogram(first, last, bins, this.keep, this.events.families));
      }
      if (command.towns !== this._townsUrl) {
        this._townsUrl = command.towns;
        Dateline.fetchJSON(command.towns).then((towns) => this.basemap.setTowns(towns));
      }
      const otherLayer = command.layer !== this._layerName;
      const restored = !this._placed && command.view; // a permalink's view must not move for its popup
      if (!this._placed) this._showView(command);
      else if (otherLayer && command.bounds) this.map.fitBounds(command.bounds, this._room());
      this._layerName = command.layer;
      // What the user did since this command was made is newer: it must not be undone.
      this.outbox = this.outbox.filter((message) => message.sent > command.seen);
      if (this.awaited === String(command.range) || otherLayer) this.awaited = null;
      const range = this._hasNewerRange() ? this.keep.range : asRange(command.range);
      this.told = asRange(command.range);
      this._giveInLater();
      this.keep = { types: command.types, statuses: command.statuses, range, certainly: command.certainly };
      this._show();
      this.timeline.setRange(range);
      const counted = [command.columns, command.types, command.statuses].join("|"); // bars don't depend on the range
      if (counted !== this._countedBars) this.timeline.refresh();
      this._countedBars = counted;
      if (command.go && command.go.number !== this._gone) this._goTo(command.go);
      this._showSelection(command, !restored);
      this.tour.update(command.tour);
      this.notice.hidden = true;
      this.container.dataset.applied = command.number;
    }

    _setTheme(name) {
      if (name === this.theme) return;
      this.theme = name;
      this.container.dataset.theme = name;
      this.basemap.setTheme(name);
      this.events.setTheme(name);
      this.timeline.setTheme(name);
    }

    _show() {
      this.kept = this.events.setKeep(this.keep);
      this.timeline.setCount(this.kept);
      this.container.dataset.kept = this.kept;
    }

    /** Whether the user has moved the range since the command that Python made last. */
    _hasNewerRange() {
      const brushed = this.outbox.some((message) => message.action === "range");
      return Boolean(this.keep) && (brushed || this.awaited !== null || this.timeline.isMoving());
    }

    /**
     * The page's slider has moved. If the user did it, the map goes along at once; Python knows of it and will send
     * a command with that range: what it says of the range until then is older.
     */
    _slid(days, byUser) {
      if (!this.keep || (!byUser && this.awaited === null)) return;
      const range = this.timeline.unlessWhole(days);
      this.awaited = byUser ? String(range) : null;
      this._giveInLater();
      this.timeline.halt();
      this.timeline.setRange(range);
      this._brushed(range, false);
    }

    /** If Python never takes up the slider's range, it has dropped it for another, and the page goes by that. */
    _giveInLater() {
      clearTimeout(this._overdue);
      if (this.awaited === null) return;
      this._overdue = setTimeout(() => {
        if (this.slider.isHeld()) return this._giveInLater();
        this.awaited = null;
        this.timeline.setRange(this.told);
        return this._brushed(this.told, false);
      }, OVERDUE_MS);
    }

    _brushed(range, final) {
      this.keep = { ...this.keep, range: asRange(range) };
      this._show();
      if (final) this.send("range", { range });
    }

    // View ---------------------------------------------------------------------------------------------------------

    /** Once, at first: the view of a permalink, or all events. */
    _showView(command) {
      this._placed = true;
      this._gone = command.go && command.go.number;
      if (command.view) this.map.setView(command.view.centre, command.view.zoom, { animate: false });
      else if (command.bounds) this.map.fitBounds(command.bounds, this._room());
    }

    /** Bring a place into view, unless it is in view at that zoom already. */
    _goTo({ number, centre, zoom }) {
      this._gone = number;
      const near = Math.abs(this.map.getZoom() - zoom) <= 2 && this.map.getBounds().pad(-0.2).contains(centre);
      if (!near) this.map.setView(centre, zoom, { animate: false });
    }

    _room() {
      return { paddingTopLeft: [30, 30], paddingBottomRight: [30, this.timeline.panel.offsetHeight + 30], maxZoom: 8, animate: false };
    }

    /** Bring the map's middle back to where there is something; its edges may look beyond, as popups need it. */
    _stayOnEarth() {
      const { lat, lng } = this.map.getCenter();
      const inside = L.latLng(Math.max(-78, Math.min(80, lat)), Math.max(-180, Math.min(200, lng)));
      if (inside.lat !== lat || inside.lng !== lng) this.map.panTo(inside);
    }

    _tellView() {
      const centre = this.map.getCenter();
      const bounds = this.map.getBounds();
      this.send("view", {
        centre: [centre.lat, centre.lng],
        zoom: this.map.getZoom(),
        bounds: [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()],
      });
    }

    async _savePicture() {
      const picture = await Dateline.takePicture(this.map, Dateline.THEMES[this.theme], this.timeline.caption(), this.filter, ATTRIBUTION);
      const link = Dateline.element("a", "", { download: "dateline.png" });
      link.href = URL.createObjectURL(picture);
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    }

    // Selection ----------------------------------------------------------------------------------------------------

    _showSelection(command, autoPan) {
      this.events.setSelected(command.selected, command.pins);
      const { popup } = command;
      if ((popup && popup.number) === this._popupNumber) return;
      this._popupNumber = popup && popup.number;
      this.map.closePopup();
      this.sheet?.remove();
      if (!popup) return;
      const content = Dateline.popupContent(popup, this.key, Dateline.THEMES[this.theme], (row) =>
        this.send(row === null ? "back" : "choose", { row }));
      if (this.container.clientWidth < NARROW) this._showSheet(content, popup.at, autoPan);
      else this._showPopup(content, popup.at, autoPan);
    }

    _showPopup(content, at, autoPan) {
      const bottom = this.timeline.panel.offsetHeight + 20;
      const options = { minWidth: 260, maxWidth: 340, maxHeight: 300, autoPan, className: "dateline-popup",
        autoPanPaddingTopLeft: [20, 20], autoPanPaddingBottomRight: [60, bottom] };
      this.map.openPopup(L.popup(options).setLatLng(at).setContent(content));
    }

    /** On a narrow map a popup would hide what it points at and not fit: its content lies over the top instead. */
    _showSheet(content, at, autoPan) {
      const close = Dateline.element("button", "dateline-close", { type: "button", "aria-label": this.key.words.close }, "×");
      close.addEventListener("click", () => this.sheet.remove());
      this.sheet = this.container.appendChild(Dateline.element("div", "dateline-sheet", {}, close, content));
      L.DomEvent.disableClickPropagation(this.sheet);
      L.DomEvent.disableScrollPropagation(this.sheet);
      if (autoPan) this._bringBelow(this.sheet, at);
    }

    /** Pan so that a place lies in the middle of what is left of the map between a sheet and the time line. */
    _bringBelow(sheet, at) {
      const below = sheet.offsetTop + sheet.offsetHeight;
      const middle = (below + this.container.clientHeight - this.timeline.panel.offsetHeight) / 2;
      const point = this.map.latLngToContainerPoint(at);
      this.map.panBy([point.x - this.container.clientWidth / 2, point.y - middle], { animate: false });
    }

    // Messages -----------------------------------------------------------------------------------------------------

    /**
     * Send a message to Python: streamlit-folium carries the last clicked feature there, some time later. Messages
     * that Python has not confirmed yet go along, or a second one would make it lose the first.
     */
    send(action, value) {
      this.sent = Math.max(Date.now(), this.sent + 1);
      this.outbox = [...this.outbox, { action, sent: this.sent, ...value }].slice(-MOST_WAITING);
      const feature = { type: "Feature", properties: { messages: this.outbox }, geometry: null };
      this.layer.fire("click", { latlng: null, layer: { toGeoJSON: () => feature } });
    }

    _fail(error) {
      console.error(error);
      this.notice.hidden = false;
      this.notice.textContent = `${this.key ? this.key.words.map_failed : "The map could not be drawn. Reload the page."} (${error.message})`;
    }
  };
})(L);
