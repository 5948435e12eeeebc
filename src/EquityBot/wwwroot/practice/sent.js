import { el, icon } from "./element.js";
import { personOf, state } from "./store.js";
import { dayAndTime, stampOf } from "./times.js";
import { deliveryInWords, occasionInWords } from "./words.js";

const list = document.getElementById("sent");
const empty = document.getElementById("sent-empty");
const more = document.getElementById("sent-more");
const page = 60;

let rows = [];
let shown = page;
let goTo;
let arriving;

export function start(onChosen) {
  goTo = onChosen;
  more.addEventListener("click", () => {
    shown += page;
    draw();
  });
}

/** The whole history, as the clock tells it without moving. */
export function history(sent) {
  clearTimeout(arriving);
  rows = newestFirst(sent);
  draw();
}

/** One move's deliveries: each appears by itself, the newest on top, unless the person asked for less motion. */
export function appear(sent) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const coming = newestFirst(sent).reverse();
  const next = () => {
    if (coming.length === 0) return;
    add(coming.shift(), "arriving");
    arriving = setTimeout(next, 150);
  };
  if (!still) return next();
  for (const row of coming) add(row);
}

function add(row, motion) {
  const known = rows.findIndex(old => isSame(old, row));
  if (known >= 0) rows.splice(known, 1);
  rows.unshift(row);
  draw();
  if (motion) list.firstChild.classList.add(motion);
}

function draw() {
  empty.hidden = rows.length > 0;
  more.hidden = rows.length <= shown;
  list.replaceChildren(...rows.slice(0, shown).map(rowOf));
}

function rowOf(row) {
  const { word, shape, tone } = deliveryInWords(row.state);
  return el("li", {}, el("button", {
    type: "button",
    class: "row sent-row",
    "data-testid": "sent-row",
    "data-to": row.to,
    "data-kind": row.kind,
    "data-ref": row.ref ?? "",
    "data-step": row.step ?? "",
    "data-state": row.state,
    onclick: () => goTo(row),
  },
  el("span", { class: "row-text" },
    el("span", { class: "name" }, personOf(row.to)?.name ?? row.to),
    el("span", { class: "small" }, occasionInWords(row), row.ref && el("span", { class: "ref" }, ` · ${row.ref}`)),
    el("span", { class: `delivery small tone-${tone}` }, icon(shape), el("span", { class: "word" }, word), when(row)))));
}

function when(row) {
  if (!row.at) return null;
  const moment = dayAndTime(stampOf(row.at, state.clock.zone), stampOf(state.clock.now, state.clock.zone));
  return el("span", { class: "muted" }, moment);
}

function newestFirst(sent) {
  return sent.map((row, index) => ({ row, index }))
    .sort((one, other) => timeOf(other.row) - timeOf(one.row) || other.index - one.index)
    .map(({ row }) => row);
}

function timeOf(row) {
  return row.at ? Date.parse(row.at) : Infinity;
}

/** A delivery that was waiting and is now sent is the same row, further on. */
function isSame(old, row) {
  return ["to", "kind", "ref", "step"].every(name => old[name] === row[name])
    && (!old.messageId || old.messageId === row.messageId);
}
