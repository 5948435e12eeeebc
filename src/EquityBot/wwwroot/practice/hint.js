import { el } from "./element.js";
import { personOf } from "./store.js";
import { occasionInWords } from "./words.js";

const place = document.getElementById("hint");

/** After a move that reached somebody, the newest delivery is one tap away. */
export function offer(sent, goTo) {
  const row = newestDelivery(sent);
  place.hidden = false;
  if (row) point(row, goTo);
  else place.replaceChildren(el("p", {}, "Nobody was sent anything on the way."));
}

function point(row, goTo) {
  place.replaceChildren(
    el("p", {}, `Newest: ${[occasionInWords(row), row.ref].filter(Boolean).join(" · ")}`),
    el("button", { type: "button", class: "primary", "data-testid": "go-to", onclick: () => goTo(row) }, `Go to ${nameOf(row)}`));
}

export function withdraw() {
  place.hidden = true;
}

/** Of deliveries in the same moment an escalation is the one that carries the story on. */
function newestDelivery(sent) {
  const weight = row => Date.parse(row.at) + (row.kind === "escalation" ? 1 : 0);
  return sent.filter(row => row.state === "sent" && row.messageId)
    .reduce((newest, row) => (!newest || weight(row) >= weight(newest) ? row : newest), null);
}

export function nameOf(row) {
  return personOf(row.to)?.name ?? row.to;
}
