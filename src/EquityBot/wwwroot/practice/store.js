import * as memory from "./memory.js";

/** Everything the page knows. Panes read it and listen to `changes`; only the functions below write it. */
export const state = {
  people: [],
  rooms: [],
  holidays: [],
  as: null,
  room: null,
  clock: null,
  inboxes: new Map(),
  read: memory.readIds(),
  said: memory.said(),
  era: 0,
};

export const changes = new EventTarget();

function tell(name, detail) {
  changes.dispatchEvent(new CustomEvent(name, { detail }));
}

export function organizationLoaded({ people, rooms, holidays }) {
  Object.assign(state, { people, rooms: rooms ?? [], holidays: holidays ?? [] });
  tell("people");
}

export function become(handle, room = null) {
  state.as = handle;
  state.room = room;
  memory.rememberWho(handle, room);
  tell("who");
}

export function clockRead(clock) {
  const moved = clock.now !== state.clock?.now;
  state.clock = clock;
  tell("clock", { moved });
}

/**
 * Keeps the newest revision of each message in the place where it first appeared.
 * `manner`: history (what was there when one came), news, or the answer to what one just did.
 */
export function messagesArrived(handle, messages, manner) {
  const inbox = inboxOf(handle);
  const arrived = messages.filter(message => !(inbox.get(message.id)?.rev >= message.rev));
  const fresh = arrived.filter(message => !inbox.has(message.id));
  for (const message of arrived) inbox.set(message.id, message);
  if (arrived.length > 0) tell("inbox", { handle, fresh, manner });
}

export function wasSaid(bubble) {
  state.said.push(bubble);
  memory.keepSaid(state.said);
  tell("said");
}

export function markRead(ids) {
  const unread = ids.filter(id => !state.read.has(id));
  if (unread.length === 0) return;
  for (const id of unread) state.read.add(id);
  memory.keepReadIds(state.read);
  tell("read");
}

export function forgetEverything() {
  state.era += 1;
  state.inboxes.clear();
  state.read.clear();
  state.said = [];
  memory.forget();
  tell("forgotten");
}

export function personOf(handle) {
  return state.people.find(person => person.handle === handle);
}

export function roomOf(name) {
  return state.rooms.find(room => room.name === name);
}

/** The messages of a conversation, a room's being those that this person sees of it. */
export function messagesOf(handle, room) {
  return [...inboxOf(handle).values()].filter(message => (room ? message.in === room : isPersonal(message)));
}

export function unreadOf(handle) {
  return messagesOf(handle, null).filter(message => !state.read.has(message.id)).length;
}

export function unreadIn(room) {
  const ids = room.members.flatMap(member => messagesOf(member, room.name).map(message => message.id));
  return new Set(ids.filter(id => !state.read.has(id))).size;
}

export function unreadInAll() {
  const ids = [...state.inboxes.values()].flatMap(inbox => [...inbox.keys()]);
  return new Set(ids.filter(id => !state.read.has(id))).size;
}

function inboxOf(handle) {
  if (!state.inboxes.has(handle)) state.inboxes.set(handle, new Map());
  return state.inboxes.get(handle);
}

function isPersonal(message) {
  return !message.in || message.in === "personal";
}
