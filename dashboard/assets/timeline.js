// The time line under the map: a histogram stacked by family, a brush for the range, and playback.
(function (L) {
  "use strict";
  const Dateline = L.Dateline;

  const DAY_MS = 86400000;
  const EDGE = 7; // pixels around an end of the brush that grab it
  const SECONDS_FOR_ALL = { slow: 40, normal: 20, fast: 8 }; // playback: time to run through the whole layer
  const GAP = 1;

  const el = (tag, className, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    node.className = className;
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };
  Dateline.element = el;

  /** Fires `range` ({range, final}) while the brush moves and `final` when it rests. */
  Dateline.Timeline = L.Evented.extend({
    initialize(container) {
      this._theme = Dateline.THEMES.light;
      this._play = el("button", "dateline-play", { type: "button" });
      this._speed = el("button", "dateline-mini", { type: "button" });
      this._mode = el("button", "dateline-mini", { type: "button" });
      this._text = el("output", "dateline-range", { "aria-live": "polite" });
      this._count = el("span", "dateline-count");
      this._canvas = el("canvas", "dateline-histogram", { tabindex: "0", role: "slider" });
      const head = el("div", "dateline-timeline-head", {}, this._play, this._text, this._count, this._speed, this._mode);
      this.panel = el("div", "dateline-timeline", {}, head, this._canvas);
      container.append(this.panel);
      L.DomEvent.disableClickPropagation(this.panel);
      L.DomEvent.disableScrollPropagation(this.panel);
      this._pen = this._canvas.getContext("2d");
      this._play.addEventListener("click", () => this.toggle());
      this._speed.addEventListener("click", () => this._turn("_speedName", Object.keys(SECONDS_FOR_ALL)));
      this._mode.addEventListener("click", () => this._turn("_modeName", ["window", "cumulative"]));
      this._speedName = "normal";
      this._modeName = "window";
      this._canvas.addEventListener("pointerdown", (event) => this._grab(event));
      this._canvas.addEventListener("pointermove", (event) => this._drag(event));
      this._canvas.addEventListener("pointerup", (event) => this._release(event));
      this._canvas.addEventListener("dblclick", () => this._set(this._extent, true));
      this._canvas.addEventListener("keydown", (event) => this._key(event));
      new ResizeObserver(() => this._resize()).observe(this._canvas);
    },

    setTheme(name) {
      this._theme = Dateline.THEMES[name];
      this._drawSoon();
    },

    setWords(words) {
      this._words = words;
      this._day = new Intl.DateTimeFormat(words.locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
      this._month = new Intl.DateTimeFormat(words.locale, { month: "short", timeZone: "UTC" });
      this._canvas.setAttribute("aria-label", words.timeline);
      this._sayModes();
      this._say();
    },

    /** `count(bins)` gives the heights by bin and family; `extent` is [first, last] day or null. */
    setSource(extent, families, count) {
      this._extent = extent;
      this._families = families;
      this._countBins = count;
      this.panel.hidden = !extent;
      this._resize();
    },

    /** Show a range ([first, last] or null for all) that came from outside. */
    setRange(range) {
      if (this.isMoving()) return;
      this._range = range;
      this._say();
      this._drawSoon();
    },

    /** Range and number of events in words. */
    caption() {
      return [this._text.textContent, this._count.textContent].filter(Boolean).join(" · ");
    },

    setCount(kept) {
      if (this._words) this._count.textContent = this._words.in_range.replace("{n}", kept.toLocaleString(this._words.locale));
    },

    refresh() {
      this._heights = null;
      this._drawSoon();
    },

    // Playback ---------------------------------------------------------------------------------------------------

    toggle() {
      if (this._playing) this.stop();
      else this._start();
    },

    /** End playback and tell where. */
    stop() {
      if (this.halt()) this._set(this._range, true);
    },

    /** End playback without a word, as another range is coming; returns whether it ran. */
    halt() {
      if (!this._playing) return false;
      cancelAnimationFrame(this._playing);
      this._playing = null;
      this._sayModes();
      return true;
    },

    /** Whether the range is being moved here: by playback or by a pointer. */
    isMoving() {
      return Boolean(this._playing || this._held);
    },

    _start() {
      const [first, last] = this._extent;
      const chosen = this._range || this._extent;
      const length = chosen[1] - chosen[0];
      // A window of more than half the layer has nowhere to slide to: start with a twelfth, at the beginning.
      const width = length > (last - first) / 2 ? Math.max(1, Math.round((last - first) / 12)) : length;
      const from = width === length && chosen[1] < last ? chosen[0] : first;
      let head = from + width;
      let before = performance.now();
      const step = (now) => {
        head += ((now - before) / 1000) * ((last - first) / SECONDS_FOR_ALL[this._speedName]);
        before = now;
        const end = Math.min(last, Math.round(head));
        const start = this._modeName === "cumulative" ? from : Math.max(first, end - width);
        this._frames = (this._frames || 0) + 1;
        this._set([start, end], false);
        if (end >= last) this.stop();
        else this._playing = requestAnimationFrame(step);
      };
      this._playing = requestAnimationFrame(step);
      this._sayModes();
    },

    _turn(field, names) {
      this[field] = names[(names.indexOf(this[field]) + 1) % names.length];
      this._sayModes();
    },

    _sayModes() {
      if (!this._words) return;
      const label = this._playing ? this._words.pause : this._words.play;
      this._play.setAttribute("aria-label", label);
      this._play.title = label;
      this._play.classList.toggle("is-playing", Boolean(this._playing));
      this._speed.textContent = this._words[this._speedName];
      this._speed.title = this._words.speed;
      this._mode.textContent = this._words[this._modeName];
      this._mode.title = this._words.mode;
    },

    // Range ------------------------------------------------------------------------------------------------------

    /** A range, or null if it covers everything: undated events are in then. */
    unlessWhole(range) {
      const [first, last] = this._extent;
      return !range || (range[0] <= first && range[1] >= last) ? null : range;
    },

    _set(range, final) {
      this._range = this.unlessWhole(range);
      this._say();
      this._drawSoon();
      this.fire("range", { range: this._range, final });
    },

    _say() {
      if (!this._words || !this._extent) return;
      const [first, last] = this._range || this._extent;
      const [from, to] = [first, last].map((day) => this._day.format(new Date(day * DAY_MS)));
      this._text.textContent = first === last ? from : `${from} – ${to}`;
      this._canvas.setAttribute("aria-valuetext", this._text.textContent);
      this._canvas.setAttribute("aria-valuenow", last);
      this._canvas.setAttribute("aria-valuemin", this._extent[0]);
      this._canvas.setAttribute("aria-valuemax", this._extent[1]);
    },

    _toX(day) {
      const [first, last] = this._extent;
      return ((day - first) / (last - first + 1)) * this._width;
    },

    _toDay(x) {
      const [first, last] = this._extent;
      return Math.max(first, Math.min(last, first + Math.floor((x / this._width) * (last - first + 1))));
    },

    _grab(event) {
      this.stop();
      const x = event.offsetX;
      const day = this._toDay(x);
      const [first, last] = this._range || this._extent;
      const [left, right] = [this._toX(first), this._toX(last + 1)];
      if (this._range && Math.abs(x - left) < EDGE) this._held = { fixed: last };
      else if (this._range && Math.abs(x - right) < EDGE) this._held = { fixed: first };
      else if (this._range && x > left && x < right) this._held = { move: day, from: [first, last] };
      else this._held = { fixed: day };
      this._canvas.setPointerCapture(event.pointerId);
    },

    _drag(event) {
      const x = Math.max(0, Math.min(this._width, event.offsetX));
      if (!this._held) {
        const near = this._range && [this._toX(this._range[0]), this._toX(this._range[1] + 1)].some((end) => Math.abs(end - x) < EDGE);
        const inside = this._range && x > this._toX(this._range[0]) && x < this._toX(this._range[1] + 1);
        this._canvas.style.cursor = near ? "ew-resize" : inside ? "grab" : "crosshair";
        return;
      }
      const day = this._toDay(x);
      this._held.moved = true;
      if (this._held.from) {
        const [first, last] = this._held.from;
        const shift = Math.max(this._extent[0] - first, Math.min(this._extent[1] - last, day - this._held.move));
        this._set([first + shift, last + shift], false);
      } else {
        this._set([Math.min(day, this._held.fixed), Math.max(day, this._held.fixed)], false);
      }
    },

    _release() {
      const moved = this._held && this._held.moved;
      this._held = null;
      if (moved) this._set(this._range, true);
    },

    /** Arrows move the range, with Shift its end; Home and Escape show all. */
    _key(event) {
      const step = { ArrowLeft: -1, ArrowRight: 1, PageDown: -30, PageUp: 30 }[event.key];
      if (event.key === " ") this.toggle();
      else if (event.key === "Escape" || event.key === "Home") this._set(null, true);
      else if (step) {
        const [first, last] = this._range || this._extent;
        const [lowest, highest] = this._extent;
        if (event.shiftKey || !this._range) this._set([first, Math.max(first, Math.min(highest, last + step))], true);
        else {
          const shift = Math.max(lowest - first, Math.min(highest - last, step));
          this._set([first + shift, last + shift], true);
        }
      } else return;
      event.preventDefault();
      event.stopPropagation();
    },

    // Drawing ----------------------------------------------------------------------------------------------------

    _resize() {
      const ratio = window.devicePixelRatio || 1;
      this._width = this._canvas.clientWidth;
      this._height = this._canvas.clientHeight;
      this._canvas.width = this._width * ratio;
      this._canvas.height = this._height * ratio;
      this._pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      this.refresh();
    },

    _drawSoon() {
      if (this._frame) return;
      this._frame = requestAnimationFrame(() => {
        this._frame = null;
        this._draw();
      });
    },

    _draw() {
      if (!this._extent || !this._width) return;
      const pen = this._pen;
      const [first, last] = this._extent;
      const bins = Math.max(1, Math.min(last - first + 1, Math.floor(this._width / 7)));
      this._heights ||= this._countBins(first, last, bins);
      const ground = this._height - 15;
      const families = this._families.count;
      let most = 1;
      for (let bin = 0; bin < bins; bin++) {
        let sum = 0;
        for (let f = 0; f < families; f++) sum += this._heights[bin * families + f];
        most = Math.max(most, sum);
      }
      pen.clearRect(0, 0, this._width, this._height);
      const [from, to] = this._range || this._extent;
      const binWidth = this._width / bins;
      const binDays = (last - first + 1) / bins;
      for (let bin = 0; bin < bins; bin++) {
        const [binFirst, binLast] = [first + bin * binDays, first + (bin + 1) * binDays - 1];
        pen.globalAlpha = binLast >= from && binFirst <= to ? 1 : 0.28;
        let top = ground;
        for (let f = 0; f < families; f++) {
          const value = this._heights[bin * families + f];
          if (!value) continue;
          const height = Math.max(1, (value / most) * (ground - 4));
          top -= height;
          pen.fillStyle = this._families.colours[f];
          pen.fillRect(bin * binWidth + GAP / 2, top, Math.max(1, binWidth - GAP), height);
        }
      }
      pen.globalAlpha = 1;
      pen.fillStyle = this._theme.line;
      pen.fillRect(0, ground, this._width, 1);
      this._drawTicks(pen, ground);
      if (this._range) this._drawBrush(pen, ground);
    },

    /** Years, or months where there is room. */
    _drawTicks(pen, ground) {
      const [first, last] = this._extent;
      pen.font = '11px "Source Sans", system-ui, sans-serif';
      pen.textAlign = "left";
      pen.textBaseline = "alphabetic";
      pen.fillStyle = this._theme.muted;
      const start = new Date(first * DAY_MS);
      const months = (last - first) / 30.4;
      const room = Math.max(1, Math.floor(this._width / 64));
      const every = [1, 2, 3, 6, 12, 24, 60, 120, 300, 600, 1200].find((step) => months / step <= room) || 2400;
      const firstMonth = start.getUTCFullYear() * 12 + start.getUTCMonth();
      for (let month = Math.ceil(firstMonth / every) * every; ; month += every) {
        const date = new Date(Date.UTC(Math.floor(month / 12), month % 12, 1));
        const x = this._toX(date.getTime() / DAY_MS);
        if (x > this._width - 24) break;
        if (x < 0) continue;
        pen.fillRect(x, ground, 1, 4);
        const year = date.getUTCMonth() === 0 || every >= 12;
        pen.fillText(year ? String(date.getUTCFullYear()) : this._month.format(date), x + 3, this._height - 2);
      }
    },

    _drawBrush(pen, ground) {
      const [left, right] = [this._toX(this._range[0]), this._toX(this._range[1] + 1)];
      pen.fillStyle = `${this._theme.area}22`;
      pen.fillRect(left, 0, right - left, ground);
      pen.fillStyle = this._theme.area;
      for (const x of [left, right]) {
        pen.fillRect(x - 1, 0, 2, ground);
        pen.beginPath();
        pen.roundRect(x - 3.5, ground / 2 - 8, 7, 16, 3);
        pen.fill();
      }
    },
  });
})(L);
