import { el } from "./element.js";
import { nameOf } from "./hint.js";
import * as memory from "./memory.js";
import { changes, personOf, state } from "./store.js";

const place = document.getElementById("tour");
const over = 4;

let step = memory.tourStep();
let escalation = null;
let goTo;

export function start(onGo) {
  goTo = onGo;
  if (step === 2) step = 1;
  changes.addEventListener("who", draw);
  draw();
}

/** The three steps follow what the person does, and end with the first escalation. */
export function promiseConfirmed() {
  if (step === 0) go(1);
}

export function moved(sent) {
  if (step > 1) return;
  escalation = sent.filter(row => row.kind === "escalation" && row.messageId && row.step !== "owner").at(-1) ?? null;
  if (escalation) go(2);
}

export function opened(row) {
  if (step === 2 && row.messageId === escalation?.messageId) go(3);
}

function go(to) {
  step = to;
  memory.keepTourStep(step);
  draw();
}

function draw() {
  place.hidden = step >= over || !state.as;
  if (place.hidden) return;
  const { title, text, button } = steps()[step];
  place.replaceChildren(
    el("h2", { id: "tour-title" }, step < 3 && el("span", { class: "tour-count" }, `Step ${step + 1} of 3`), " ", title),
    el("p", {}, text),
    button ?? "",
    el("button", { type: "button", class: "quiet dismiss", "data-testid": "tour-dismiss", onclick: () => go(over) }, step < 3 ? "Skip tour" : "Close"));
}

function steps() {
  return [
    {
      title: "Say a promise",
      text: `You are ${personOf(state.as)?.name}. Say what you will do and by when, then press Confirm on the card.`,
    },
    {
      title: "Move the clock",
      text: "Leave the promise alone and press To next event until somebody above the owner hears.",
    },
    {
      title: "Open the person who heard",
      text: "The promise was not kept, so it went one step up.",
      button: escalation && el("button", { type: "button", class: "primary go", "data-testid": "tour-go", onclick: () => goTo(escalation) }, `Go to ${nameOf(escalation)}`),
    },
    {
      title: "That is the loop",
      text: "A card goes out, a button comes back, and nothing is left to escalate. Press one and see.",
    },
  ];
}
