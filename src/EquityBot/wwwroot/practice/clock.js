import * as api from "./api.js";
import { announce } from "./announce.js";
import { el } from "./element.js";
import { hospitalNow, moves, nextEvent } from "./moves.js";
import { changes, clockRead, state } from "./store.js";
import { dayAndTime, headline, zoneName } from "./times.js";
import { count } from "./words.js";

const buttons = document.getElementById("clock-moves");
const form = document.getElementById("clock-form");
const error = document.getElementById("clock-error");
const pane = document.getElementById("clock");
let afterwards;
let drawn = false;

export function start(onMoved) {
  afterwards = onMoved;
  drawForm();
  changes.addEventListener("clock", update);
  changes.addEventListener("who", update);
}

function drawForm() {
  form.append(
    el("label", { class: "field", for: "clock-to" }, el("span", {}, "Move to…"),
      el("input", { type: "datetime-local", id: "clock-to", "data-testid": "clock-to", required: true })),
    el("label", { class: "check", for: "clock-outage" },
      el("input", { type: "checkbox", id: "clock-outage", "data-testid": "clock-outage" }),
      el("span", {}, "as if EquityBot had been switched off meanwhile")),
    el("button", { type: "submit", class: "quiet", "data-testid": "clock-move" }, "Move"));
  form.addEventListener("submit", event => {
    event.preventDefault();
    moveToChosen();
  });
}

function update({ detail }) {
  if (!state.clock || !state.as) return;
  const now = hospitalNow();
  const event = nextEvent();
  document.getElementById("clock-now").replaceChildren(...headline(now).flatMap(part => [el("span", {}, part), " "]).slice(0, -1));
  document.getElementById("clock-zone").textContent = `Hospital time (${zoneName(state.clock.now, state.clock.zone)})`;
  document.getElementById("clock-next").textContent = event
    ? `Next: ${dayAndTime(event, now)}`
    : "Next: nothing is due yet";
  if (!drawn) drawMoves();
  updateMoves();
  const chosen = form.elements["clock-to"];
  chosen.min = now;
  if (detail?.moved && chosen.value <= now) chosen.value = "";
}

function drawMoves() {
  drawn = true;
  buttons.append(...moves().map(({ hook, title, primary }, index) =>
    el("button", { type: "button", class: primary ? "primary move" : "quiet move", "data-testid": hook, onclick: () => step(index) },
      el("span", { class: "move-title" }, title), " ", el("span", { class: "move-to-what small" }))));
}

function updateMoves() {
  moves().forEach(({ to, leadsTo }, index) => {
    const button = buttons.children[index];
    button.querySelector(".move-to-what").textContent = leadsTo;
    button.toggleAttribute("disabled", !to);
  });
}

function step(index) {
  const { to, body, untilSent } = moves()[index];
  if (to) move(body, untilSent);
}

function moveToChosen() {
  const chosen = form.elements["clock-to"];
  const now = hospitalNow();
  if (!chosen.value || chosen.value <= now) {
    complain(`The clock only moves forward. Choose a time after ${dayAndTime(now, now)}.`);
    chosen.focus();
    return;
  }
  move({ to: chosen.value, ...(form.elements["clock-outage"].checked ? { outage: true } : {}) });
}

// Some moments concern nobody yet: a due day that ends opens a case, and its owner hears in the morning. "To next event" goes on until somebody hears.
const FURTHER = 10;

async function move(body, untilSent = false) {
  if (isMoving()) return;
  pane.setAttribute("aria-busy", "true");
  complain("");
  try {
    // What was just said may have brought the next event nearer than the page knows.
    if (untilSent) clockRead(await api.clock());
    let clock = await api.move(untilSent && nextEvent() ? { to: nextEvent() } : body);
    for (let further = 0; untilSent && clock.sent.length === 0 && clock.nextDue && further < FURTHER; further++) {
      clockRead(clock);
      clock = await api.move({ to: nextEvent() });
    }
    form.elements["clock-outage"].checked = false;
    clockRead(clock);
    announce(`It is ${headline(hospitalNow()).join(", ")}. ${clock.sent.length > 0 ? `${count(clock.sent.length, "delivery", "deliveries")}.` : "Nothing was sent."}`);
    await afterwards(clock.sent);
  } catch (problem) {
    complain(problem.message);
  } finally {
    pane.removeAttribute("aria-busy");
  }
}

export function isMoving() {
  return pane.getAttribute("aria-busy") === "true";
}

function complain(sentence) {
  error.textContent = sentence;
  error.hidden = !sentence;
}
