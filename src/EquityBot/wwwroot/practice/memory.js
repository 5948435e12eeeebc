// What this browser tab remembers: who one is, what one said, what one has read and what one is typing.

const prefix = "equitybot.practice.";

export function who() {
  const address = new URLSearchParams(location.search);
  if (address.has("as")) return { handle: address.get("as"), room: address.get("in") };
  return read("who") ?? { handle: null, room: null };
}

export function rememberWho(handle, room) {
  write("who", { handle, room });
  const address = new URL(location.href);
  address.searchParams.set("as", handle);
  if (room) address.searchParams.set("in", room);
  else address.searchParams.delete("in");
  history.replaceState(null, "", address);
}

export const said = () => read("said") ?? [];
export const keepSaid = bubbles => write("said", bubbles);

export const readIds = () => new Set(read("read") ?? []);
export const keepReadIds = ids => write("read", [...ids]);

export const draft = conversation => read("drafts")?.[conversation] ?? "";
export const keepDraft = (conversation, text) => write("drafts", { ...read("drafts"), [conversation]: text });

export function forget() {
  for (const key of ["said", "read", "drafts"]) sessionStorage.removeItem(prefix + key);
}

/** The tour is remembered beyond the tab: whoever has taken it does not meet it again. */
export const tourStep = () => Number(localStorage.getItem(`${prefix}tour`) ?? 0);
export const keepTourStep = step => localStorage.setItem(`${prefix}tour`, step);

function read(key) {
  return JSON.parse(sessionStorage.getItem(prefix + key));
}

function write(key, value) {
  sessionStorage.setItem(prefix + key, JSON.stringify(value));
}
