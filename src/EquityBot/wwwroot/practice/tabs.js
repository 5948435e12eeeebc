import { el, icon } from "./element.js";
import { changes, unreadInAll } from "./store.js";
import { readWhatIsShown } from "./conversation.js";

const titles = { people: "People", conversation: "Conversation", clock: "Clock" };
const narrow = matchMedia("(max-width: 799.98px)");
const buttons = [...document.querySelectorAll(".tabs button")];
const badge = el("span", { class: "badge", hidden: true });

/** On a phone one part of the page shows at a time; elsewhere the tabs are not there. */
export function start() {
  for (const button of buttons) {
    const name = button.dataset.tab;
    button.append(icon(name), el("span", {}, titles[name]));
    if (name === "people") button.append(badge);
    button.addEventListener("click", () => open(name));
  }
  document.querySelector(".skip").addEventListener("click", () => open("conversation"));
  narrow.addEventListener("change", readWhatIsShown);
  for (const event of ["inbox", "read", "forgotten"]) changes.addEventListener(event, countUnread);
  open("conversation");
}

export function open(name) {
  document.body.dataset.pane = name;
  for (const button of buttons) {
    if (button.dataset.tab === name) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
  }
  readWhatIsShown();
}

export const isNarrow = () => narrow.matches;
export const conversationShows = () => !narrow.matches || document.body.dataset.pane === "conversation";

function countUnread() {
  const unread = unreadInAll();
  badge.hidden = unread === 0;
  badge.replaceChildren(String(unread), el("span", { class: "hidden" }, " unread"));
}
