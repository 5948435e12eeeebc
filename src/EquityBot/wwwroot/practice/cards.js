/* global AdaptiveCards */
import { announce } from "./announce.js";
import { el } from "./element.js";
import { hostConfig } from "./host-config.js";
import { typedIn, typeInto } from "./card-drafts.js";
import { tuckAway } from "./card-more.js";

AdaptiveCards.GlobalSettings.setTabIndexAtCardRoot = false;
AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => { result.didProcess = false; };

const config = new AdaptiveCards.HostConfig(hostConfig);
// The renderer forgets these two when it reads them from a configuration.
Object.assign(config.inputs.label.requiredInputs, { suffix: " (needed)", suffixColor: AdaptiveCards.TextColor.Default });

/**
 * Draws a message's card. `press(action, values)` is awaited while the buttons rest.
 * `draft` is what somebody had typed into an earlier revision of the same card.
 */
export function drawCard(message, press, draft) {
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = config;
  card.parse(message.state === "superseded" ? withoutActions(message.card) : prepared(message.card));
  const reopen = draft && typeInto(card, draft);
  const body = el("div", { class: "card" }, card.render());
  nameStyles(card);
  card.onExecuteAction = action => execute(action, body, press);
  card.onInlineCardExpanded = (form, isOpen) => isOpen && begin(form.card.renderedElement);
  tuckAway(body);
  reopen?.();
  return { body, typed: () => typedIn(card) };
}

/** An opened form is ready for its first answer; where fingers do the work a first date brings its calendar along. */
function begin(form) {
  form.scrollIntoView({ block: "nearest" });
  const first = form.querySelector("input, textarea, select");
  first?.focus({ preventScroll: true });
  if (first?.type === "date" && matchMedia("(pointer: coarse)").matches && navigator.userActivation?.isActive) first.showPicker?.();
}

function withoutActions(part) {
  if (Array.isArray(part)) return part.filter(item => item?.type !== "ActionSet").map(withoutActions);
  if (part === null || typeof part !== "object") return part;
  return Object.fromEntries(Object.entries(part)
    .filter(([name]) => !["actions", "selectAction", "inlineAction"].includes(name))
    .map(([name, value]) => [name, withoutActions(value)]));
}

/** A container's style by name, for what the style sheet says about what is inside. */
function nameStyles(container) {
  for (let index = 0; index < container.getItemCount(); index++) {
    const item = container.getItemAt(index);
    if (!(item instanceof AdaptiveCards.Container)) continue;
    if (item.style) item.renderedElement?.classList.add(`style-${item.style}`);
    nameStyles(item);
  }
}

/** A needed input says so in a sentence; and no button waits behind the renderer's "…", for we have More. */
function prepared(part) {
  if (Array.isArray(part)) return part.map(prepared);
  if (part === null || typeof part !== "object") return part;
  const copy = Object.fromEntries(Object.entries(part).map(([name, value]) => [name, prepared(value)]));
  if (copy.isRequired && (copy.errorMessage ?? copy.label) === copy.label) copy.errorMessage = "This is needed.";
  if (copy.type?.startsWith("Action.")) delete copy.mode;
  return copy;
}

async function execute(action, body, press) {
  if (action instanceof AdaptiveCards.OpenUrlAction) {
    follow(action.url);
    return;
  }
  const verb = action.verb ?? action.data?.action;
  if (!verb || body.getAttribute("aria-busy") === "true") return;
  body.setAttribute("aria-busy", "true");
  // The renderer sets its buttons' states again right after this handler returns.
  queueMicrotask(() => rest(body));
  try {
    await press({ id: verb, title: action.title }, valuesFor(action));
  } finally {
    wake(body);
  }
}

function follow(url) {
  if (/^(https?:)?\//.test(url)) window.open(url, "_blank", "noopener");
  else announce("This link cannot be opened here.");
}

/** aria-disabled rather than disabled: the pressed button keeps the focus while it rests. */
function rest(body) {
  for (const button of body.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
}

function wake(body) {
  body.removeAttribute("aria-busy");
  for (const button of body.querySelectorAll("button")) button.removeAttribute("aria-disabled");
}

/** The inputs beside the button and around it, never those of a form that another button opens; `reason~2` is the second form's `reason`. */
function valuesFor(action) {
  const values = {};
  for (let around = action.parent; around; around = around.parent) {
    for (const input of around.getAllInputs(false)) {
      const value = input.value ?? "";
      const cleared = value === "" && Boolean(input.defaultValue);
      if (value !== "" || cleared) values[input.id.split("~")[0]] = String(value);
    }
  }
  return values;
}
