// The page's date slider, watched from within the map's frame: the map follows it at once, the page when Python has counted.
(function (L) {
  "use strict";
  const Dateline = L.Dateline;

  const SLIDER = ".st-key-range"; // the class that Streamlit gives the widget of that key
  const ENDS = "input[type=range], [role=slider]"; // either, as the version of Streamlit has it
  const AT_ONCE_MS = 300; // the slider moves as soon as it is acted upon, however busy the page; later it is Python's doing
  const DAY_US = 86400e6; // its values are microseconds since 1970

  /** The document around the frame, or null where the page is embedded so that a frame may not look out. */
  function pageAround() {
    try {
      return window.parent.document;
    } catch {
      return null; // the map then follows Python's commands alone
    }
  }

  Dateline.pageAround = pageAround;

  const dayOf = (end) => Math.round(Number(end.value ?? end.getAttribute("aria-valuenow")) / DAY_US);

  /** Fires `slide` ({range: [first, last], byUser}) whenever the slider moves, by hand, by key or by Python. */
  Dateline.PageSlider = L.Evented.extend({
    initialize() {
      this._acted = -Infinity;
      this._page = pageAround();
      if (!this._page) return;
      // Streamlit may draw the slider anew at any time: watch the page, not the element.
      const moves = new MutationObserver((changes) => this._look(changes));
      moves.observe(this._page.body, { subtree: true, attributeFilter: ["value", "aria-valuenow"] });
      const ended = new AbortController();
      const watch = (type, heard) => this._page.addEventListener(type, heard, { capture: true, signal: ended.signal });
      for (const type of ["keydown", "input", "pointerdown"]) watch(type, (event) => this._act(event));
      for (const type of ["pointerup", "pointercancel"]) watch(type, () => this._letGo());
      window.addEventListener("pagehide", () => {
        moves.disconnect();
        ended.abort();
      });
    },

    isHeld() {
      return Boolean(this._held);
    },

    _act(event) {
      if (!event.target.closest?.(SLIDER)) return;
      this._acted = performance.now();
      this._held ||= event.type === "pointerdown";
    },

    _letGo() {
      if (this._held) this._acted = performance.now();
      this._held = false;
    },

    _look(changes) {
      const moved = changes.map((change) => change.target.closest(SLIDER)).find(Boolean);
      const days = moved ? [...moved.querySelectorAll(ENDS)].map(dayOf) : [];
      if (days.length !== 2 || days.some(Number.isNaN)) return;
      this.fire("slide", { range: days, byUser: this._held || performance.now() - this._acted < AT_ONCE_MS });
    },
  });
})(L);
