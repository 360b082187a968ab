// The map as a picture: the canvases of all panes, one over the other, and a line that says what they show.
(function (L) {
  "use strict";
  const Dateline = L.Dateline;

  const LINE = 20; // pixels of a line below the map
  const MARGIN = 10;
  const FONT = '13px "Source Sans", system-ui, sans-serif';
  const MOST_LINES = 6;

  /** Words in lines of at most `width` pixels; a word that is wider is cut by the picture's edge. */
  function wrapped(pen, text, width) {
    const lines = [""];
    for (const word of text.split(" ").filter(Boolean)) {
      const longer = `${lines[lines.length - 1]} ${word}`.trim();
      if (pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES - 1), `${lines[MOST_LINES - 1]} …`] : lines;
  }

  /** A PNG of the map as it stands, with what it shows (`caption`), its filter and the attribution below. */
  Dateline.takePicture = function (map, theme, caption, filter, attribution) {
    const container = map.getContainer();
    const frame = container.getBoundingClientRect();
    const ratio = window.devicePixelRatio || 1;
    const picture = document.createElement("canvas");
    const pen = picture.getContext("2d");
    pen.font = FONT;
    const told = filter ? wrapped(pen, filter, frame.width - 2 * MARGIN) : [];
    const below = LINE * (1 + told.length) + MARGIN;
    picture.width = frame.width * ratio;
    picture.height = (frame.height + below) * ratio;
    pen.scale(ratio, ratio);
    pen.fillStyle = theme.sea;
    pen.fillRect(0, 0, frame.width, frame.height);
    const depth = (canvas) => Number(getComputedStyle(canvas.closest(".leaflet-pane")).zIndex) || 0;
    const canvases = [...container.querySelectorAll(".leaflet-map-pane canvas")].filter((canvas) => !canvas.closest(".leaflet-popup"));
    for (const canvas of canvases.sort((a, b) => depth(a) - depth(b))) {
      const box = canvas.getBoundingClientRect();
      pen.drawImage(canvas, box.left - frame.left, box.top - frame.top, box.width, box.height);
    }
    pen.fillStyle = theme.paper;
    pen.fillRect(0, frame.height, frame.width, below);
    pen.font = FONT;
    pen.textBaseline = "middle";
    const height = (line) => frame.height + MARGIN / 2 + LINE * (line + 0.5);
    pen.fillStyle = theme.ink;
    pen.fillText(caption, MARGIN, height(0));
    told.forEach((line, number) => pen.fillText(line, MARGIN, height(number + 1)));
    pen.textAlign = "right";
    pen.fillStyle = theme.muted;
    pen.fillText(attribution, frame.width - MARGIN, height(0));
    return new Promise((done) => picture.toBlob(done, "image/png"));
  };

  /** A button under the zoom buttons that calls `onClick`. */
  Dateline.PictureButton = L.Control.extend({
    options: { position: "topright" },
    initialize(onClick) {
      this._onClick = onClick;
    },
    onAdd() {
      this.button = Dateline.element("a", "dateline-picture", { href: "#", role: "button" });
      this.button.innerHTML =
        '<svg viewBox="0 0 20 20" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.7" aria-hidden="true">' +
        '<path d="M10 3v9m0 0 3.5-3.5M10 12 6.5 8.5M4 13v3h12v-3"/></svg>';
      L.DomEvent.on(this.button, "click", (event) => {
        L.DomEvent.stop(event);
        this._onClick();
      });
      return Dateline.element("div", "leaflet-bar", {}, this.button);
    },
    name(label) {
      this.button.title = label;
      this.button.setAttribute("aria-label", label);
    },
  });
})(L);
