import { el } from "./element.js";
import { personOf, roomOf, state, changes, unreadIn, unreadOf } from "./store.js";
import { count, initials, rolesInWords } from "./words.js";

const list = document.getElementById("people-list");
const filter = document.getElementById("people-filter");
const rows = [];

/** Draws the list once for an organization; badges and the current row change in place, so that focus and scrolling stay. */
export function start(choose) {
  changes.addEventListener("people", () => draw(choose));
  for (const name of ["inbox", "read", "who", "forgotten"]) changes.addEventListener(name, update);
  filter.addEventListener("input", narrow);
}

function draw(choose) {
  rows.length = 0;
  const departments = Map.groupBy(state.people, person => person.department || "Across the organization");
  list.replaceChildren(
    ...[...departments].map(([department, people]) => group(department, people.map(person => personRow(person, choose)))),
    ...(state.rooms.length > 0 ? [group("Rooms", state.rooms.map(room => roomRow(room, choose)))] : []),
    el("p", { id: "people-none", class: "muted", hidden: true }, "Nobody by that name. Try a shorter one."));
  narrow();
  update();
}

function group(title, items) {
  return el("section", { class: "group" }, el("h3", {}, title), el("ul", {}, items));
}

function personRow(person, choose) {
  return row({
    id: person.handle,
    hook: "person",
    mark: initials(person.name),
    name: person.name,
    detail: [person.title, rolesInWords(person)].filter(Boolean).join(" · "),
    search: [person.name, person.title, person.department, rolesInWords(person)],
    unread: () => unreadOf(person.handle),
    isCurrent: () => state.as === person.handle && !state.room,
    choose: () => choose(person.handle, null),
  });
}

function roomRow(room, choose) {
  return row({
    id: room.name,
    hook: "room",
    mark: "#",
    name: room.name,
    detail: count(room.members.length, "member", "members"),
    search: [room.name, "room"],
    unread: () => unreadIn(room),
    isCurrent: () => state.room === room.name,
    choose: () => choose(memberFor(room.name), room.name),
  });
}

/** A room is seen through a member's eyes: the person one is, or else its first member. */
export function memberFor(roomName) {
  const { members } = roomOf(roomName);
  return members.includes(state.as) ? state.as : members.find(personOf);
}

function row({ id, hook, mark, name, detail, search, unread, isCurrent, choose }) {
  const number = el("span", { "aria-hidden": "true" });
  const spoken = el("span", { class: "hidden" });
  const badge = el("span", { class: "badge", "data-testid": `unread-${id}`, hidden: true }, number);
  const button = el("button", { type: "button", class: "row", "data-testid": `${hook}-${id}`, onclick: choose },
    el("span", { class: "initials", "aria-hidden": "true" }, mark),
    el("span", { class: "row-text" }, el("span", { class: "name" }, name), el("span", { class: "muted small" }, detail)),
    badge, spoken);
  const item = el("li", {}, button);
  rows.push({ item, button, badge, number, spoken, unread, isCurrent, search: search.join(" ").toLowerCase() });
  return item;
}

function update() {
  for (const { button, badge, number, spoken, unread, isCurrent } of rows) {
    const waiting = unread();
    badge.hidden = waiting === 0;
    number.textContent = waiting || "";
    spoken.textContent = waiting ? `, ${waiting} unread` : "";
    if (isCurrent()) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}

function narrow() {
  const words = filter.value.trim().toLowerCase();
  for (const { item, search } of rows) item.hidden = !search.includes(words);
  const groups = [...list.querySelectorAll(".group")];
  for (const section of groups) section.hidden = !section.querySelector("li:not([hidden])");
  document.getElementById("people-none").hidden = groups.some(section => !section.hidden);
}
