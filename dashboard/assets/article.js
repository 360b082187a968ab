// An article in full. Every text is put in as text, never as markup: what an article says must not run.
export default function ({ data, parentElement, setTriggerValue }) {
  const box = parentElement.querySelector(".dl-article");
  const content = JSON.stringify(data);
  if (box.shownContent === content) return; // the page ran anew: what is read stays where it is
  const another = box.shownKey !== data.key;
  box.shownContent = content;
  box.shownKey = data.key;
  box.setAttribute("aria-label", data.label);
  box.lang = data.lang;

  const made = data.pieces.map((piece) => {
    let node = document.createTextNode(piece.text);
    const wrap = (tag, name) => {
      const around = document.createElement(tag);
      around.className = name;
      around.append(node);
      node = around;
      return around;
    };
    if (piece.role) wrap("mark", `dl-mark dl-${piece.role}`);
    else if (piece.row !== undefined) {
      const button = wrap("button", "dl-other-event");
      button.type = "button";
      button.title = piece.name;
      button.addEventListener("click", () => setTriggerValue("open", piece.row));
    }
    if (piece.sentence) wrap("span", `dl-sentence dl-${piece.sentence}`);
    if (piece.quiet) wrap("span", "dl-quiet");
    return node;
  });
  box.replaceChildren(...made);

  const toSentence = () => {
    const sentence = box.querySelector(".dl-main");
    if (!sentence || !box.clientHeight) return false;
    const above = sentence.getBoundingClientRect().top - box.getBoundingClientRect().top;
    box.scrollTop += above - box.clientHeight / 4;
    return true;
  };
  if (!another || toSentence()) return;
  const seen = new ResizeObserver(() => toSentence() && seen.disconnect()); // not laid out yet, or in a closed tab
  seen.observe(box);
  return () => seen.disconnect();
}
