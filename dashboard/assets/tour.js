// A short tour on first use: a card over the map, and a ring around what it speaks of. It takes no click and no key away
// from the rest of the page, and comes on its own only once; a button of the page brings it back.
(function (L) {
  "use strict";
  const Dateline = L.Dateline;

  const SEEN = "dateline-tour"; // key in the browser's storage
  const TOURED = "dl-toured"; // class of what the card speaks of, in the page and in this frame
  // What each step speaks of, in the page or in this frame; its words are the messages tour_<name>.
  const STEPS = {
    map: null,
    reader: ".st-key-reader",
    time: ".dateline-timeline",
    filters: '[data-testid="stSidebar"]',
    trays: ".stTabs",
    sure: ".st-key-help-sure",
  };

  /** The browser's storage, which it may refuse (then the tour comes again with the next visit). */
  function stored(action) {
    try {
      return action(window.localStorage);
    } catch {
      return null;
    }
  }

  Dateline.Tour = class {
    constructor(container) {
      this.container = container;
      this.names = Object.keys(STEPS);
    }

    setWords(words) {
      this.words = words;
      if (this.card) this._show(this.step);
    }

    /** `first`: whether the user came without a link to something; `asked`: how often the tour was asked for. */
    update({ first, asked }) {
      const again = this.asked !== undefined && asked > this.asked;
      const begins = this.asked === undefined && (asked > 0 || (first && !stored((storage) => storage.getItem(SEEN))));
      this.asked = asked;
      if (!again && !begins) return;
      this._show(0);
      if (asked) this.card.focus();
    }

    _show(step) {
      this._clear();
      this.step = step;
      const { words, names } = this;
      const name = names[step];
      const last = step === names.length - 1;
      const button = (label, className, act) => {
        const made = Dateline.element("button", className, { type: "button" }, label);
        made.addEventListener("click", act);
        return made;
      };
      const turn = (to) => () => {
        this._show(to);
        this.card.focus();
      };
      const close = button("×", "dateline-close", () => this.close());
      close.setAttribute("aria-label", words.close);
      const number = Dateline.element("span", "dateline-tour-step", {}, `${step + 1}/${names.length}`);
      const foot = Dateline.element("div", "dateline-tour-foot", {}, number);
      if (step) foot.append(button(words.tour_back, "dateline-tour-quiet", turn(step - 1)));
      foot.append(last ? button(words.tour_done, "dateline-tour-next", () => this.close())
        : button(words.tour_next, "dateline-tour-next", turn(step + 1)));
      this.card = Dateline.element("section", "dateline-tour", { tabindex: "-1", "aria-label": words.tour },
        close, Dateline.element("p", "", { "aria-live": "polite" }, words[`tour_${name}`]), foot);
      this.card.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
      L.DomEvent.disableClickPropagation(this.card);
      L.DomEvent.disableScrollPropagation(this.card);
      this.container.append(this.card);
      this._ring(STEPS[name]);
    }

    _ring(selector) {
      if (!selector) return;
      this.ringed = this.container.querySelector(selector) || Dateline.pageAround()?.querySelector(selector);
      this.ringed?.classList.add(TOURED);
    }

    /** Done: it never comes again on its own. */
    close() {
      this._clear();
      this.container.focus();
      stored((storage) => storage.setItem(SEEN, "seen"));
    }

    _clear() {
      this.ringed?.classList.remove(TOURED);
      this.ringed = null;
      this.card?.remove();
      this.card = null;
    }
  };
})(L);
