import { changes, state, unreadIn, unreadInAll, unreadOf } from "./store.js";

const button = document.getElementById("next-unread");

/** The total stands in the header; pressing it opens the next conversation with something unread. */
export function start(choose) {
  button.addEventListener("click", () => openNext(choose));
  for (const name of ["inbox", "read", "forgotten"]) changes.addEventListener(name, update);
}

function update() {
  const unread = unreadInAll();
  button.hidden = unread === 0;
  button.textContent = `${unread} unread`;
  button.title = "Open the next unread conversation";
  document.title = unread > 0 ? `(${unread}) EquityBot practice` : "EquityBot practice";
}

function openNext(choose) {
  const person = state.people.find(({ handle }) => unreadOf(handle) > 0);
  if (person) choose(person.handle, null);
  const room = person ? null : state.rooms.find(candidate => unreadIn(candidate) > 0);
  if (room) choose(null, room.name);
}
