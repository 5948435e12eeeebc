import * as api from "./api.js";
import { changes, messagesArrived, state } from "./store.js";

const rhythm = 2_000;
const othersPerBeat = 2;
const lanes = 4;

const cursors = new Map();
const queues = new Map();
let turn = 0;

changes.addEventListener("forgotten", () => cursors.clear());

/** One request at a time for each person: a cursor never runs backwards, and no beat brings an answer before whoever asked for it. */
export function inTurn(handle, ask) {
  const next = (queues.get(handle) ?? Promise.resolve()).then(ask);
  queues.set(handle, next.catch(() => undefined));
  return next;
}

export function refresh(handle) {
  return inTurn(handle, () => fetchInbox(handle));
}

async function fetchInbox(handle) {
  const era = state.era;
  const { messages, cursor } = await api.inbox(handle, cursors.get(handle));
  if (era !== state.era) return;
  const manner = cursors.has(handle) ? "news" : "history";
  cursors.set(handle, cursor);
  messagesArrived(handle, messages, manner);
}

/** Everybody's inbox, a few at a time, those named first. */
export async function refreshEverybody(first = []) {
  const handles = [...new Set([...first, state.as, ...state.people.map(person => person.handle)])]
    .filter(handle => state.people.some(person => person.handle === handle));
  await Promise.all(Array.from({ length: lanes }, async () => {
    while (handles.length > 0) await refresh(handles.shift());
  }));
}

/** The person shown is asked about at every beat, the others in turns; nobody while the page is hidden. */
export function keepWatching({ onReached, onLost }) {
  const beat = async () => {
    if (!document.hidden) {
      try {
        await Promise.all([state.as, ...others()].map(refresh));
        onReached();
      } catch (problem) {
        onLost(problem);
      }
    }
    setTimeout(beat, rhythm);
  };
  setTimeout(beat, rhythm);
}

function others() {
  const handles = state.people.map(person => person.handle).filter(handle => handle !== state.as);
  return Array.from({ length: Math.min(othersPerBeat, handles.length) }, () => handles[turn++ % handles.length]);
}
