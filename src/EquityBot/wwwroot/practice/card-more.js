import { el } from "./element.js";

const atHand = 4;

/** One primary button and three others stay at hand; the rest waits under More. A question keeps all its answers. */
export function tuckAway(body) {
  for (const strip of body.querySelectorAll(".ac-actionSet:not(.style-emphasis *)")) tuck(strip);
}

function tuck(strip) {
  const rest = [...strip.querySelectorAll(":scope > .ac-pushButton")].slice(atHand);
  if (rest.length < 2) return;
  for (const button of rest) button.dataset.tucked = "";
  const more = el("button", { type: "button", class: "quiet more", "aria-expanded": "false", "data-testid": "more" }, "More");
  more.addEventListener("click", () => {
    const opening = strip.classList.toggle("opened");
    more.setAttribute("aria-expanded", opening);
    more.textContent = opening ? "Less" : "More";
    if (opening) rest[0].focus();
  });
  rest[0].before(more);
}
