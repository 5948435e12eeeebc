const roles = {
  DepartmentLead: "Department lead",
  Contributor: "Contributor",
  EquityOfficer: "Equity officer",
  CoreTeamMember: "Core team",
  Executive: "Executive",
  BoardOwner: "Board-level accountability owner",
  DataSteward: "Data steward",
  CommunityRepresentative: "Community representative",
  Auditor: "Auditor",
  Admin: "Administrator",
};

const kinds = {
  reply: "Answer",
  reminder: "Reminder",
  "check-in": "Check-in",
  request: "Request",
  escalation: "Escalation",
  digest: "Digest",
  correction: "Correction",
  task: "Task",
};

const steps = {
  reminder: "Reminder",
  owner: "Owner",
  lead: "Department lead",
  officer: "Equity officer",
  sponsor: "Executive sponsor",
  board: "Board-level accountability owner",
  "board-deputy": "Board deputy",
};

const deliveries = {
  due: ["Waiting to be sent", "ring", "waiting"],
  claimed: ["Being sent", "ring", "waiting"],
  sending: ["Being sent", "ring", "waiting"],
  sent: ["Sent", "disc", "kept"],
  "retry-at": ["Will be tried again", "triangle", "at-risk"],
  failed: ["Could not be delivered", "cross", "missed"],
  unknown: ["Not known to have arrived", "question", "at-risk"],
  superseded: ["Replaced", "swap", "muted"],
};

const refusals = {
  refused: "Not done yet. EquityBot says below what would work; what you typed is still here.",
  superseded: "This card is out of date. EquityBot's answer below has the current one.",
  repeat: "This was already done; nothing changed.",
};

export const rolesInWords = person => person.roles.map(role => roles[role] ?? role).join(", ");
export const kindInWords = kind => kinds[kind] ?? kind;
export const stepInWords = step => steps[step] ?? step;
export const outcomeInWords = outcome => refusals[outcome];

/** A delivery's state as a word, the name of a shape, and a tone for colour. */
export function deliveryInWords(state) {
  const [word, shape, tone] = deliveries[state] ?? [state, "ring", "muted"];
  return { word, shape, tone };
}

/** What a row or a message header calls itself: an escalation by whom it reached, anything else by its kind. */
export function occasionInWords({ kind, step }) {
  if (!step || step === "reminder") return kindInWords(kind);
  return `${kindInWords(kind)}, ${stepInWords(step)}`;
}

export function initials(name) {
  const words = name.replace(/^(Dr|Mr|Ms|Mrs|Rev)\.?\s+/, "").split(/\s+/);
  return (words[0][0] + (words.length > 1 ? words.at(-1)[0] : "")).toUpperCase();
}

export const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;
