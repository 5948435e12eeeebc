import { announce } from "./announce.js";
import { drawWelcome } from "./welcome.js";
import { drawBubble, drawMessage } from "./message.js";
import { changes, markRead, messagesOf, personOf, roomOf, state } from "./store.js";
import { initials, occasionInWords, rolesInWords } from "./words.js";

const log = document.getElementById("log");
const list = document.getElementById("messages");
const empty = document.getElementById("empty");

// Drawn messages outlive a change of person, so that a half-filled form is there when one comes back.
const drawn = new Map();
let press;
let isShown;

export function start(options) {
  ({ press, isShown } = options);
  changes.addEventListener("who", switched);
  changes.addEventListener("people", switched);
  changes.addEventListener("forgotten", () => { drawn.clear(); switched(); });
  changes.addEventListener("inbox", ({ detail }) => detail.handle === state.as && arrived(detail));
  changes.addEventListener("said", () => { update(); scrollToEnd(); });
  document.addEventListener("visibilitychange", readWhatIsShown);
}

function switched() {
  const person = personOf(state.as);
  if (!person) return;
  const room = state.room && roomOf(state.room);
  document.getElementById("who-initials").textContent = room ? "#" : initials(person.name);
  document.getElementById("conversation-title").textContent = room ? room.name : person.name;
  document.getElementById("who-detail").textContent = room
    ? `Seen as ${person.name}`
    : detailOf(person);
  update();
  scrollToEnd();
}

function detailOf({ title, department, ...person }) {
  const place = department && !title?.includes(department) ? department : null;
  return [title, place, rolesInWords(person)].filter(Boolean).join(" · ");
}

function arrived({ fresh, manner }) {
  const wasAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const drawnBefore = new Set(drawn.keys());
  holdStill(update);
  const here = messagesOf(state.as, state.room).filter(message => fresh.some(({ id }) => id === message.id));
  if (manner === "history") scrollToEnd();
  if (here.length === 0 || manner === "history") return;
  // A card that only changed does not draw the eye away from what came after it.
  const added = here.filter(({ id }) => !drawnBefore.has(keyOf(id)));
  const seen = added.length > 0 || manner !== "answer" ? added : here;
  if (seen.length > 0 && (wasAtEnd || manner === "answer")) bringIntoView(nodeOf(seen[0]), nodeOf(seen.at(-1)));
  for (const message of here) announce(`${occasionInWords(message)} from EquityBot: ${message.text}`);
}

function update() {
  if (!state.clock) return;
  const nodes = entries().map(nodeOf);
  nodes.forEach((node, index) => list.children[index] !== node && list.insertBefore(node, list.children[index] ?? null));
  while (list.children.length > nodes.length) list.lastChild.remove();
  empty.hidden = nodes.length > 0;
  if (nodes.length === 0) drawWelcome(empty);
  readWhatIsShown();
}

/** Messages in the order in which they came, each followed by what was said after it. */
function entries() {
  const messages = messagesOf(state.as, state.room);
  const ids = new Set(messages.map(message => message.id));
  const said = state.said.filter(bubble => bubble.in === state.room && (state.room || bubble.as === state.as));
  const after = Map.groupBy(said, bubble => (ids.has(bubble.after) ? bubble.after : null));
  return [null, ...messages].flatMap(message =>
    [message, ...(after.get(message?.id ?? null) ?? [])].filter(Boolean));
}

function nodeOf(entry) {
  const key = keyOf(entry.id);
  const known = drawn.get(key);
  if (known && known.rev === entry.rev) return known.node;
  const now = "rev" in entry
    ? drawMessage(entry, state.as, (action, values) => press(entry, action, values), known?.typed())
    : { node: drawBubble(entry, state.as) };
  drawn.set(key, now);
  if (known) replace(known.node, now.node);
  return now.node;
}

function keyOf(id) {
  return `${state.as}/${state.room ?? ""}/${id}`;
}

function replace(old, node) {
  const hadFocus = old.contains(document.activeElement);
  old.replaceWith(node);
  if (hadFocus) node.focus({ preventScroll: true });
}

/** What was typed into this card has been taken; its next revision starts fresh. */
export function settle(messageId) {
  const known = drawn.get(keyOf(messageId));
  if (known) known.typed = () => null;
}

export function note(messageId, sentence) {
  drawn.get(keyOf(messageId))?.note(sentence);
}

export function show(messageId) {
  const node = drawn.get(keyOf(messageId))?.node;
  if (!node) return;
  scrollTo(node);
  node.focus({ preventScroll: true });
}

export function readWhatIsShown() {
  if (document.hidden || !isShown() || !state.as) return;
  markRead(messagesOf(state.as, state.room).map(message => message.id));
}

export function lastMessageId() {
  return messagesOf(state.as, state.room).at(-1)?.id ?? null;
}

/** What is read stays where it is, however much shorter the cards above it become. */
function holdStill(change) {
  const edge = log.getBoundingClientRect().top;
  const read = [...list.children].find(node => node.getBoundingClientRect().top >= edge);
  const before = read?.getBoundingClientRect().top;
  change();
  if (read?.isConnected) log.scrollTop += read.getBoundingClientRect().top - before;
}

/** All of what is new where it fits, else its beginning. */
function bringIntoView(first, last) {
  const height = last.getBoundingClientRect().bottom - first.getBoundingClientRect().top;
  if (height < log.clientHeight - 24 && last === list.lastChild) scrollToEnd();
  else scrollTo(first);
}

function scrollTo(node) {
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  const top = log.scrollTop + node.getBoundingClientRect().top - log.getBoundingClientRect().top - 12;
  log.scrollTo({ top, behavior });
}

function scrollToEnd() {
  log.scrollTop = log.scrollHeight;
}
