import { drawCard } from "./cards.js";
import { el, icon } from "./element.js";
import { personOf, state } from "./store.js";
import { dayAndTime, stampOf, zoneName } from "./times.js";
import { count, occasionInWords } from "./words.js";

/** A message as EquityBot sent it: `node` to show, `typed()` for what is being filled in, `note(sentence)` for what came of a press. */
export function drawMessage(message, handle, press, draft) {
  const { body, typed } = drawBody(message, press, draft);
  const note = el("p", { class: "note", role: "alert", hidden: true });
  const node = el("li", {
    class: message.state === "superseded" ? "message superseded" : "message",
    "data-testid": "message",
    "data-id": message.id,
    "data-kind": message.kind,
    "data-ref": message.ref ?? "",
    "data-state": message.state,
    tabindex: "-1",
  }, el("article", { "aria-label": `${occasionInWords(message)} ${message.ref ?? ""}`.trim() }, header(message, handle), body, note));
  return {
    rev: message.rev,
    node,
    typed,
    note: sentence => {
      note.textContent = sentence;
      note.hidden = !sentence;
    },
  };
}

function drawBody(message, press, draft) {
  if (message.card) {
    try {
      return drawCard(message, press, draft);
    } catch (problem) {
      console.error("A card could not be drawn; its text is shown instead.", problem);
    }
  }
  return { body: el("div", { class: "card plain" }, message.text), typed: () => null };
}

function header(message, handle) {
  const many = message.items?.length > 1 ? count(message.items.length, "item", "items") : null;
  return el("p", { class: "message-head small" },
    icon(message.kind === "escalation" ? "flame" : "beam"),
    el("span", { class: "kind" }, occasionInWords(message)),
    many && el("span", {}, many),
    message.ref && el("span", { class: "ref" }, message.ref),
    el("time", { datetime: message.at }, timeFor(message.at, handle)),
    message.state === "superseded" && el("span", { class: "state" }, icon("swap"), "Replaced"));
}

/** In the reader's own zone, naming it only where it differs from the hospital's. */
function timeFor(at, handle) {
  const zone = personOf(handle)?.zone ?? state.clock.zone;
  const moment = dayAndTime(stampOf(at, zone), stampOf(state.clock.now, zone));
  return zone === state.clock.zone ? moment : `${moment} ${zoneName(at, zone)}`;
}

export function drawBubble(bubble, handle) {
  const own = bubble.as === handle;
  return el("li", { class: own ? "said" : "said other", "data-testid": "said" },
    el("p", { class: "message-head small" },
      el("span", { class: "kind" }, own ? "You" : personOf(bubble.as)?.name ?? bubble.as),
      el("time", { datetime: bubble.at }, timeFor(bubble.at, handle))),
    el("p", { class: "bubble" }, bubble.text));
}
