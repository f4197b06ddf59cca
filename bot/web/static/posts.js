// Posts are moved by drag and by keys; a form does it, so the page works without this too.
"use strict";

const QUARTER = 15;
const shownDay = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
let carried = null; // the post in hand: its slip, where it is held over (a local time, kept as if UTC)
let landed = null; // the post that was put down, to be in focus again

const inWords = (at) => `${shownDay.format(at)}, ${at.toISOString().slice(11, 16)}`;
const startOf = (slip) => new Date(`${slip.dataset.day}T${slip.dataset.time}:00Z`);
const moved = (at, days, minutes) => new Date(at.getTime() + (days * 1440 + minutes) * 60_000);

function say(words) {
  document.getElementById("said-of-moving").textContent = words;
}

function show() {
  const bar = document.getElementById("carried");
  bar.hidden = !carried;
  for (const day of document.querySelectorAll(".day.target")) day.classList.remove("target");
  if (!carried) return;
  bar.textContent = `${inWords(carried.at)} · Enter puts it there, Esc leaves it`;
  markDay(carried.at.toISOString().slice(0, 10));
}

function markDay(day) {
  const target = document.querySelector(`.calendar .day[data-day="${day}"]`);
  target?.classList.add("target");
  target?.scrollIntoView({ block: "nearest" });
}

function pickUp(slip) {
  carried = { slip, at: startOf(slip) };
  slip.classList.add("held");
  slip.querySelector("[data-grip]").setAttribute("aria-pressed", "true");
  slip.querySelector("[data-grip]").focus();
  show();
  say(`Picked up: ${inWords(carried.at)}. Arrows move it, Enter puts it down, Escape leaves it.`);
}

function letGo(words) {
  carried.slip.classList.remove("held");
  carried.slip.querySelector("[data-grip]").setAttribute("aria-pressed", "false");
  carried = null;
  show();
  say(words);
}

function putDown() {
  const { slip, at } = carried;
  const same = at.getTime() === startOf(slip).getTime();
  letGo(same ? "It stays where it was." : `Moving to ${inWords(at)}.`);
  if (!same) send(slip, at);
}

/** Move a post to a local time of its account: the form says so, the answer is the new calendar. */
function send(slip, at) {
  const form = document.getElementById("moving");
  form.elements.day.value = at.toISOString().slice(0, 10);
  form.elements.time.value = at.toISOString().slice(11, 16);
  form.elements.was.value = slip.dataset.was;
  landed = slip.id;
  htmx.ajax("POST", slip.dataset.move, { source: form, target: "#agenda", swap: "outerHTML" });
}

function steps(key) {
  const month = document.getElementById("agenda").dataset.view === "month";
  const up = month ? [-7, 0] : [0, -QUARTER];
  const down = month ? [7, 0] : [0, QUARTER];
  const known = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: up, ArrowDown: down };
  return { ...known, "+": [0, QUARTER], "-": [0, -QUARTER] }[key];
}

function carryOn(event) {
  const by = steps(event.key);
  if (by) {
    carried.at = moved(carried.at, ...by);
    show();
    say(inWords(carried.at));
  } else if (event.key === "Enter" || event.key === " ") putDown();
  else if (event.key === "Escape") letGo("It stays where it was.");
  else if (event.key === "Tab") return letGo("It stays where it was.");
  else return;
  event.preventDefault();
}

document.addEventListener("keydown", (event) => {
  if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (carried) return carryOn(event);
  if (event.key === "[" || event.key === "]") document.querySelector(`a[data-key="${event.key}"]`)?.click();
  const slip = event.target.closest(".slip[data-move]");
  if (slip && event.key === "m") {
    event.preventDefault();
    pickUp(slip);
  }
});

document.addEventListener("click", (event) => {
  const grip = event.target.closest("[data-grip]");
  if (grip && !carried) pickUp(grip.closest(".slip"));
});

// By mouse: from day to day, at the same time of the day.
let dragged = null;
const dayUnder = (event) => dragged && event.target.closest?.(".calendar .day");

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.(".slip[data-move]") ?? null;
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.id);
});
document.addEventListener("dragover", (event) => {
  const day = dayUnder(event);
  if (!day) return;
  event.preventDefault();
  show();
  markDay(day.dataset.day);
});
document.addEventListener("drop", (event) => {
  const day = dayUnder(event);
  if (!day) return;
  event.preventDefault();
  const slip = dragged;
  if (day.dataset.day !== slip.dataset.day) send(slip, new Date(`${day.dataset.day}T${slip.dataset.time}:00Z`));
});
document.addEventListener("dragend", () => {
  dragged = null;
  show();
});

/** Grips are of use with scripts alone. */
function ready() {
  for (const grip of document.querySelectorAll("[data-grip]")) grip.hidden = false;
  if (!landed) return;
  const slip = document.getElementById(landed);
  (slip?.querySelector("[data-grip]") ?? slip?.querySelector("a"))?.focus();
  const done = document.querySelector("#agenda .strip p");
  if (done) say(done.textContent);
  landed = null;
}

document.addEventListener("htmx:afterSettle", ready);
ready();
