// The popup: one event with its quote and source, or a list of the events at one place.
// Every text is put in as text, never as markup: what an article says must not run.
(function (L) {
  "use strict";
  const Dateline = L.Dateline;
  const el = (...parts) => Dateline.element(...parts);

  function marked(quote) {
    return quote.map(([text, role]) => (role ? el("mark", `dateline-mark dateline-${role}`, {}, text) : text));
  }

  function symbol(item, key, theme) {
    const canvas = el("canvas", "dateline-symbol", { "aria-hidden": "true" });
    const ratio = window.devicePixelRatio || 1;
    canvas.width = canvas.height = 20 * ratio;
    const pen = canvas.getContext("2d");
    pen.scale(ratio, ratio);
    Dateline.drawMarker(pen, 10, 10, 6, key.types.find((type) => type.key === item.type) || key.types[0], item.status, theme);
    return canvas;
  }

  function headline(item, key, theme) {
    return el("div", "dateline-headline", {}, symbol(item, key, theme), el("strong", "", {}, item.label),
      el("span", `dateline-status dateline-status-${item.status}`, {}, item.statusLabel));
  }

  function single(item, key, theme) {
    const source = el("div", "dateline-source", {}, el("span", "", {}, item.source));
    if (item.url) {
      const link = el("a", "", { target: "_blank", rel: "noopener noreferrer nofollow" }, item.open);
      link.href = item.url; // http(s) only: checked where the command is made
      source.append(link);
    }
    return el("article", "dateline-event", { "data-row": item.row }, headline(item, key, theme),
      el("div", "dateline-facts", {}, el("span", "", {}, item.where), el("span", "", {}, item.when)),
      el("blockquote", "dateline-quote", {}, ...marked(item.quote)), source);
  }

  function list(popup, key, theme, choose) {
    const rows = popup.items.map((item) => {
      const button = el("button", "dateline-row", { type: "button", "data-row": item.row },
        symbol(item, key, theme), el("span", "dateline-row-text", {}, el("strong", "", {}, item.label),
          el("span", "", {}, item.when), el("span", "dateline-row-quote", {}, item.quote.map(([text]) => text).join(""))));
      button.addEventListener("click", () => choose(item.row));
      return button;
    });
    const more = popup.more ? [el("p", "dateline-more", {}, popup.more)] : [];
    return el("div", "dateline-list", {}, el("h3", "", {}, popup.title), ...rows, ...more);
  }

  /** The popup's content as a DOM node; `choose(row)` is called when an event of a list is clicked. */
  Dateline.popupContent = function (popup, key, theme, choose) {
    const node = popup.items.length === 1 ? single(popup.items[0], key, theme) : list(popup, key, theme, choose);
    if (popup.back && popup.items.length === 1) {
      const back = el("button", "dateline-back", { type: "button" }, popup.back);
      back.addEventListener("click", () => choose(null));
      node.prepend(back);
    }
    L.DomEvent.disableClickPropagation(node);
    return node;
  };
})(L);
