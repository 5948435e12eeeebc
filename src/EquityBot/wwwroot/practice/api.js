/** What went wrong, said so that a person can act on it. */
export class Problem extends Error {
  constructor(status, title, detail) {
    super([title, detail].filter(Boolean).map(sentence).join(" "));
    this.status = status;
  }
}

function sentence(text) {
  return /[.?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}

export const people = () => call("GET", "people");
export const inbox = (as, after) => call("GET", `inbox?${query({ as, after })}`);
export const clock = () => call("GET", "clock");
export const move = body => call("POST", "clock", body);
export const say = body => call("POST", "say", body);
export const press = body => call("POST", "press", body);
export const reset = () => call("POST", "reset", {});

function query(values) {
  return new URLSearchParams(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));
}

async function call(method, path, body) {
  const response = await send(method, path, body);
  if (response.ok) return response.json();
  const problem = await response.json().catch(() => ({}));
  throw new Problem(response.status, problem.title ?? "EquityBot could not do that", problem.detail);
}

async function send(method, path, body) {
  try {
    return await fetch(`/practice/api/${path}`, {
      method,
      headers: body ? { "Content-Type": "application/json", Accept: "application/json" } : { Accept: "application/json" },
      body: body ? JSON.stringify(body) : undefined,
      cache: "no-store",
    });
  } catch {
    throw new Problem(0, "EquityBot cannot be reached right now", "Nothing you typed is lost");
  }
}
