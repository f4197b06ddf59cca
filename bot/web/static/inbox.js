// The inbox on the keyboard: an element's data-key is the key that uses it. Pages work without it.
"use strict";

const stage = () => document.getElementById("stage");
const isField = (one) => one.matches("input, textarea, select");

function use(key) {
  const found = [...document.querySelectorAll("[data-key]")].filter(
    (one) => one.dataset.key === key && !one.disabled && !one.closest("[hidden]"),
  );
  const one = found.find((each) => stage()?.contains(each)) ?? found[0];
  if (!one) return false;
  if (isField(one)) one.focus();
  else one.click();
  return true;
}

function leave(field) {
  const back = field.closest("form")?.querySelector("[data-escape]");
  if (back) back.click();
  else stage()?.focus({ preventScroll: true });
}

document.addEventListener("keydown", (event) => {
  const target = event.target;
  if (event.key === "Escape" && !document.querySelector("dialog[open]")) {
    const ask = document.querySelector(".ask:not([hidden])");
    if (ask) close(ask);
    else if (isField(target)) leave(target);
    else document.querySelector("#stage [data-escape]")?.click();
    return;
  }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && isField(target)) {
    event.preventDefault();
    const form = target.closest("form");
    const save = form?.querySelector("[data-ctrl-enter], button:not([type=button])");
    if (save && !save.disabled) form.requestSubmit(save);
    return;
  }
  if (isField(target) || event.ctrlKey || event.metaKey || event.altKey || event.repeat && !"jk".includes(event.key)) return;
  if (document.querySelector("dialog[open]")) return;
  if (use(event.key)) event.preventDefault();
});

// Stepping goes along the list as it is on the page, over what is decided too.
function step(by) {
  const rows = [...document.querySelectorAll("#rail a")];
  const here = rows.findIndex((row) => row.parentElement.id === `row-${stage()?.dataset.quote}`);
  rows[Math.min(rows.length - 1, Math.max(0, here + by))]?.click();
}

// A question that is in the page needs no answer of the server to be asked.
function open(ask) {
  ask.hidden = false;
  ask.querySelector("button").focus();
}
function close(ask) {
  ask.hidden = true;
  stage()?.focus({ preventScroll: true });
}

function hear() {
  const sound = stage().querySelector("audio, video");
  if (!sound) return;
  if (!sound.paused) return sound.pause();
  const [from, to] = span(sound);
  if (sound.currentTime < from || sound.currentTime > to - 1) sound.currentTime = from;
  sound.play().catch(() => tell("The recording cannot be played."));
}
const AROUND_S = 5;
function span(sound) {
  const from = Math.max(0, sound.dataset.from / 1000 - AROUND_S);
  return [from, sound.dataset.to / 1000 + AROUND_S];
}
// These do not bubble, so they are caught on their way down.
document.addEventListener("timeupdate", ({ target }) => {
  if (!target.dataset?.to || target.paused) return;
  if (target.currentTime >= span(target)[1]) target.pause();
}, true);
for (const name of ["play", "pause"]) {
  document.addEventListener(name, ({ target }) => {
    document.querySelector("[data-hear]")?.classList.toggle("on", !target.paused);
  }, true);
}

document.addEventListener("click", (event) => {
  const one = event.target.closest("[data-asks], [data-closes], [data-hear], [data-step], [data-fills]");
  if (!one) return;
  const { asks, closes, fills } = one.dataset;
  if (asks || closes) {
    event.preventDefault();
    (asks ? open : close)(document.getElementById(asks ?? closes));
  } else if ("hear" in one.dataset) hear();
  else if (one.dataset.step) step(Number(one.dataset.step));
  else if (fills) {
    const field = document.getElementById(fills);
    field.value = document.getElementById(one.dataset.with).textContent;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }
});

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-submits]")) target.form.requestSubmit();
});

// The words grow their field; the marks below it move with it.
document.addEventListener("input", ({ target }) => {
  if (target.id === "words") document.getElementById("under").textContent = target.value;
});

// Scrolls the list, never the page: on a phone the list is far below the quote.
function reveal(row) {
  const list = document.getElementById("rail");
  const [inside, at] = [list.getBoundingClientRect(), row.getBoundingClientRect()];
  list.scrollTop += Math.min(0, at.top - inside.top) + Math.max(0, at.bottom - inside.bottom);
}

function settle(begun) {
  const now = stage();
  if (!now) return;
  for (const row of document.querySelectorAll("#rail a")) {
    const here = row.parentElement.id === `row-${now.dataset.quote}`;
    if (here) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
    if (here) reveal(row);
  }
  const field = now.querySelector("[data-focus]");
  if (field || begun) (field ?? now).focus({ preventScroll: true });
  if (field?.id === "words") field.setSelectionRange(field.value.length, field.value.length);
}
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target?.id === "stage" || detail.elt?.id === "stage") settle(true);
});

// What did not arrive can be sent again: nothing on the page was changed meanwhile.
document.addEventListener("htmx:sendError", ({ detail }) => {
  const { elt, requestConfig } = detail;
  if (requestConfig.verb === "get" || elt.id === "words") return;
  const sender = requestConfig.triggeringEvent?.submitter;
  const notice = document.querySelector("#notices .notice");
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = "Try again";
  again.addEventListener("click", () => {
    notice.remove();
    elt.requestSubmit(sender);
  });
  notice?.append(" ", again);
});

settle(false);
