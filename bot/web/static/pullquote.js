// What HTML alone cannot do: the list of keys, dropping files, notices. Pages work without it.
"use strict";

const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

function open(id) {
  const dialog = document.getElementById(id);
  if (dialog && !dialog.open) dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "?" || typing(event.target) || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  open("keys");
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) open(opener.dataset.opens);
  const dismiss = event.target.closest("[data-dismiss]");
  if (dismiss) dismiss.parentElement.remove();
  if (event.target instanceof HTMLDialogElement) event.target.close(); // the ground behind it
});

for (const zone of document.querySelectorAll("[data-drop]")) {
  const files = zone.querySelector("input[type=file]");
  const over = (is) => (event) => {
    event.preventDefault();
    zone.classList.toggle("over", is);
  };
  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", (event) => {
    over(false)(event);
    files.files = event.dataTransfer.files;
    if (files.files.length) zone.requestSubmit();
  });
  files.addEventListener("change", () => files.files.length && zone.requestSubmit());
}

document.addEventListener("htmx:sendError", () => {
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.setAttribute("role", "alert");
  notice.textContent = "Pullquote does not answer. Nothing was saved; is it still running?";
  document.getElementById("notices").replaceChildren(notice);
});
