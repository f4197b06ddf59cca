// The library page: choose by mouse or keys, know how many are chosen.
"use strict";

const many = document.querySelector("[data-many]");
const boxes = () => [...many.querySelectorAll("input[name=ids]")];

function count() {
  const chosen = boxes().filter((box) => box.checked).length;
  const all = many.querySelector("[data-all]");
  all.checked = chosen === boxes().length;
  all.indeterminate = chosen > 0 && !all.checked;
  many.querySelector("[data-count]").textContent = chosen ? `${chosen} chosen` : "Choose all on this page";
  for (const button of many.querySelectorAll(".bulk button")) button.disabled = !chosen;
}

function step(by) {
  const all = boxes();
  const at = all.indexOf(document.activeElement);
  const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
  next.focus();
  next.closest("li").scrollIntoView({ block: "nearest" });
}

if (many) {
  many.addEventListener("change", (event) => {
    if (event.target.matches("[data-all]")) for (const box of boxes()) box.checked = event.target.checked;
    count();
  });
  window.addEventListener("pageshow", count);
  count();
}

document.addEventListener("keydown", (event) => {
  if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    event.preventDefault();
    document.getElementById("q").select();
  }
  if (many && event.key === "j") step(1);
  if (many && event.key === "k") step(-1);
  if (many && event.key === "x" && document.activeElement.matches("input[name=ids]")) document.activeElement.click();
});
