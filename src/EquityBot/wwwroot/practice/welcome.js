import { el } from "./element.js";
import { personOf, state } from "./store.js";
import { comfortableMonthEnd, stampOf } from "./times.js";

let say;

export function start(onSay) {
  say = onSay;
}

/** An empty conversation says in two sentences what to do, and offers words to begin with. */
export function drawWelcome(place) {
  const person = personOf(state.as);
  const monthEnd = comfortableMonthEnd(stampOf(state.clock.now, state.clock.zone));
  const isLead = person.roles.includes("DepartmentLead");
  const words = isLead
    ? [`we'll offer an interpreter at every discharge by ${monthEnd}`, "mine", "help"]
    : ["mine", "due", "help"];
  place.replaceChildren(
    el("h3", {}, state.room ? `You are in ${state.room} as ${person.name}.` : `You are ${person.name}.`),
    el("p", {}, isLead
      ? "Tell EquityBot what you will do and by when, and it drafts the promise for you to confirm. Then move the clock and see who hears if it is not kept."
      : "Ask EquityBot what waits for you, or say what you will do and by when. Whatever reaches you as the clock moves appears here."),
    el("ul", { class: "chips", "aria-label": "Words to begin with" },
      words.map(text => el("li", {}, el("button", { type: "button", class: "chip", "data-testid": "chip", onclick: () => say(text) }, text)))));
}
