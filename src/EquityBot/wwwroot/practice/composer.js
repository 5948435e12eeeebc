import * as api from "./api.js";
import { announce } from "./announce.js";
import { lastMessageId } from "./conversation.js";
import { inTurn } from "./inbox.js";
import * as memory from "./memory.js";
import { changes, messagesArrived, state, wasSaid } from "./store.js";

const form = document.getElementById("composer");
const box = document.getElementById("composer-text");
const error = document.getElementById("composer-error");
const send = form.querySelector("button");
let afterwards;

export function start(onSaid) {
  afterwards = onSaid;
  form.addEventListener("submit", event => {
    event.preventDefault();
    sayWhatIsTyped();
  });
  box.addEventListener("keydown", event => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    sayWhatIsTyped();
  });
  box.addEventListener("input", () => { keep(); fit(); });
  for (const name of ["who", "forgotten"]) changes.addEventListener(name, recall);
}

async function sayWhatIsTyped() {
  const text = box.value.trim();
  if (!text || !state.as) {
    box.focus();
    return;
  }
  if (await say(text) && box.value.trim() === text) {
    box.value = "";
    keep();
    fit();
  }
}

/** True when EquityBot has heard it; otherwise the reason stands above the box. */
export async function say(text) {
  if (form.getAttribute("aria-busy") === "true") return false;
  const { as, room } = state;
  const bubble = { id: crypto.randomUUID?.() ?? String(Date.now()), as, in: room, text, at: state.clock.now, after: lastMessageId() };
  form.setAttribute("aria-busy", "true");
  complain("");
  try {
    const { replies } = await inTurn(as, () => api.say({ as, text, in: room ?? undefined }));
    wasSaid(bubble);
    messagesArrived(as, replies, "answer");
    afterwards();
    return true;
  } catch (problem) {
    if (!box.value.trim()) box.value = text;
    complain(problem.message);
    announce("Not sent.");
    return false;
  } finally {
    form.removeAttribute("aria-busy");
  }
}

function complain(sentence) {
  error.textContent = sentence;
  error.hidden = !sentence;
}

function keep() {
  memory.keepDraft(conversation(), box.value);
}

/** What was typed before the page knew who types is kept, and can be sent from then on. */
function recall() {
  box.value = (send.disabled && box.value) || memory.draft(conversation());
  send.disabled = false;
  complain("");
  fit();
}

function conversation() {
  return `${state.as}/${state.room ?? ""}`;
}

function fit() {
  box.rows = Math.min(5, box.value.split("\n").reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / 44)), 0));
}
