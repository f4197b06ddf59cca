// What HTML alone cannot do: the list of keys, dropping files, notices. Pages work without it.
"use strict";

const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

function openDialog(id) {
  const dialog = document.getElementById(id);
  if (dialog && !dialog.open) dialog.showModal();
}

/** Say something at the bottom right, in place of what stood there. */
function tell(words) {
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.setAttribute("role", "alert");
  notice.textContent = words;
  document.getElementById("notices").replaceChildren(notice);
  return notice;
}

/** Copy a field, or the words of anything else. */
async function copy(button) {
  const source = document.getElementById(button.dataset.copies);
  source.select?.(); // to be copied by hand where the browser does not let us
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    button.textContent = "Copied";
  } catch {
    tell("The browser does not let this page copy; mark the words and copy them.");
  }
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "?" || typing(event.target) || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  openDialog("keys");
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) openDialog(opener.dataset.opens);
  const dismiss = event.target.closest("[data-dismiss]");
  if (dismiss) dismiss.parentElement.remove();
  const copies = event.target.closest("[data-copies]");
  if (copies) copy(copies);
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
  tell("Pullquote does not answer. Nothing was saved; is it still running?");
});
