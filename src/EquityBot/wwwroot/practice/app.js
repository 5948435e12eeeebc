import * as api from "./api.js";
import { announce } from "./announce.js";
import * as clock from "./clock.js";
import * as composer from "./composer.js";
import * as conversation from "./conversation.js";
import * as hint from "./hint.js";
import { inTurn, keepWatching, refresh, refreshEverybody } from "./inbox.js";
import * as memory from "./memory.js";
import * as people from "./people.js";
import * as reset from "./reset.js";
import * as sent from "./sent.js";
import { become, clockRead, forgetEverything, messagesArrived, organizationLoaded, personOf, roomOf, state } from "./store.js";
import * as tabs from "./tabs.js";
import * as tour from "./tour.js";
import * as unread from "./unread.js";
import * as welcome from "./welcome.js";
import { outcomeInWords } from "./words.js";

const lost = document.getElementById("composer-error");
const beatsPerClock = 3;
let beats = 0;

people.start(choose);
conversation.start({ press, isShown: tabs.conversationShows });
welcome.start(composer.say);
composer.start(somethingHappened);
clock.start(clockMoved);
sent.start(goTo);
tour.start(goTo);
unread.start(choose);
reset.start(startOver);
tabs.start();
open();

async function open() {
  try {
    await load();
    keepWatching({ onReached, onLost });
  } catch (problem) {
    onLost(problem);
    setTimeout(open, 2_000);
  }
}

async function load() {
  const [organization, time] = await Promise.all([api.people(), api.clock()]);
  organizationLoaded(organization);
  clockRead(time);
  sent.history(time.sent);
  const { handle, room } = memory.who();
  if (personOf(handle)) become(handle, roomOf(room)?.members.includes(handle) ? room : null);
  else become(firstPerson().handle);
  await refreshEverybody();
}

/** A department lead has promises to make; that is where the story begins. */
function firstPerson() {
  return state.people.find(person => person.roles.includes("DepartmentLead")) ?? state.people[0];
}

function choose(handle, room) {
  become(handle ?? people.memberFor(room), room);
  tabs.open("conversation");
  if (tabs.isNarrow()) document.getElementById("conversation-title").focus();
  refresh(state.as).catch(onLost);
}

async function goTo(row) {
  const room = roomOf(row.to);
  choose(room ? null : row.to, room?.name ?? null);
  hint.withdraw();
  tour.opened(row);
  await refresh(state.as).catch(onLost);
  if (row.messageId) conversation.show(row.messageId);
}

async function press(message, action, values) {
  const as = state.as;
  conversation.note(message.id, "");
  try {
    const { outcome, replies } = await inTurn(as, () => api.press({ as, messageId: message.id, action: action.id, values }));
    if (outcome === "done") conversation.settle(message.id);
    else conversation.note(message.id, outcomeInWords(outcome));
    messagesArrived(as, replies, "answer");
    if (outcome === "done") announce(`${action.title}: done.`);
    if (outcome === "done" && action.title === "Confirm") tour.promiseConfirmed();
    somethingHappened();
  } catch (problem) {
    conversation.note(message.id, problem.message);
  }
}

/** Whatever one person does may reach others, and may change what is due next. */
function somethingHappened() {
  readClock().catch(onLost);
  refreshEverybody().catch(onLost);
}

async function clockMoved(rows) {
  sent.appear(rows);
  await refreshEverybody(rows.map(row => row.to));
  hint.offer(rows, goTo);
  tour.moved(rows);
}

/** Another tab may have moved the clock, or started over: then the hospital's time runs backwards. */
async function readClock() {
  const known = state.clock;
  const time = await api.clock();
  if (clock.isMoving() || state.clock !== known) return;
  const leap = Date.parse(time.now) - Date.parse(known.now);
  if (leap < 0) return startOver();
  clockRead(time);
  if (leap > 0) {
    sent.history(time.sent);
    refreshEverybody().catch(onLost);
  }
}

async function startOver() {
  forgetEverything();
  hint.withdraw();
  await load();
}

function onReached() {
  if (lost.dataset.lost) {
    delete lost.dataset.lost;
    lost.hidden = true;
  }
  beats += 1;
  if (beats % beatsPerClock === 0) readClock().catch(onLost);
}

function onLost(problem) {
  lost.dataset.lost = "true";
  lost.textContent = problem.message;
  lost.hidden = false;
}
