// Transcripts: words that are selected, or sentences walked through by keys, become a quote.
"use strict";

{
  const text = document.querySelector("[data-transcript]");
  const picker = document.querySelector("[data-pick]");
  let from = -1;
  let to = -1;

  const sentences = () => [...text.querySelectorAll(".said")];

  /** The words of a sentence that lie inside what is selected. */
  const inside = (range, sentence) => {
    const part = document.createRange();
    part.selectNodeContents(sentence);
    if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0)
      part.setStart(range.startContainer, range.startOffset);
    if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0)
      part.setEnd(range.endContainer, range.endOffset);
    return part.toString().trim();
  };

  const offer = (range) => {
    const touched = sentences().filter((one) => range.intersectsNode(one) && inside(range, one));
    if (!touched.length) return;
    const words = touched.map((one) => inside(range, one)).join(" ");
    picker.elements.words.value = words;
    picker.elements.whole.value = touched.map((one) => one.textContent.trim()).join(" ");
    picker.elements.at_ms.value = touched[0].dataset.ms;
    document.getElementById("picker-words").textContent = `“${words}”`;
    picker.classList.remove("done");
    picker.hidden = false;
  };

  const leave = () => {
    picker.hidden = true;
    from = to = -1;
  };

  const take = (all) => {
    const first = all[Math.min(from, to)];
    const last = all[Math.max(from, to)];
    const at = all[to];
    at.tabIndex = -1;
    at.focus({ preventScroll: true });
    at.scrollIntoView({ block: "nearest" });
    const range = document.createRange();
    range.setStart(first, 0);
    range.setEnd(last, last.childNodes.length);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    offer(range);
  };

  const step = (by, further) => {
    const all = sentences();
    if (!all.length) return;
    const focused = all.indexOf(document.activeElement);
    const here = to >= 0 ? to : focused >= 0 ? focused : all.findIndex((one) => one.getBoundingClientRect().top > 80) - 1;
    to = Math.max(0, Math.min(all.length - 1, here + by));
    if (!further || from < 0) from = to;
    take(all);
  };

  if (text && picker) {
    document.addEventListener("selectionchange", () => {
      const selection = getSelection();
      if (!selection.rangeCount || !text.contains(selection.anchorNode)) return;
      if (!selection.isCollapsed) offer(selection.getRangeAt(0));
    });
    text.addEventListener("pointerdown", leave);
    picker.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the selection
    picker.querySelector("[data-unpick]").addEventListener("click", leave);
    picker.addEventListener("htmx:afterRequest", (event) => picker.classList.toggle("done", event.detail.successful));
    document.addEventListener("keydown", (event) => {
      if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      const inText = text.contains(event.target);
      const down = event.key.toLowerCase() === "j" || (inText && event.key === "ArrowDown");
      const up = event.key.toLowerCase() === "k" || (inText && event.key === "ArrowUp");
      if (down || up) {
        event.preventDefault();
        step(down ? 1 : -1, event.shiftKey);
      } else if (event.key === "Enter" && event.target.matches(".said") && !picker.hidden) {
        event.preventDefault();
        picker.requestSubmit();
      } else if (event.key === "Escape") leave();
    });
  }
}
