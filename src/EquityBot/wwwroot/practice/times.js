// A *stamp* is a local time without a zone, yyyy-MM-ddTHH:mm, as the clock's `to` takes it.

const minute = 60_000;
const formats = new Map();

export function stampOf(instant, zone) {
  const parts = Object.fromEntries(
    format(zone, { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
      .formatToParts(new Date(instant)).map(part => [part.type, part.value]));
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

/** The first whole minute at or after the instant: a stamp has no seconds, and falling short would not reach the event. */
export function stampReaching(instant, zone) {
  return stampOf(Math.ceil(Date.parse(instant) / minute) * minute, zone);
}

export function addMinutes(stamp, minutes) {
  return new Date(Date.parse(`${stamp}Z`) + minutes * minute).toISOString().slice(0, 16);
}

export function addDays(stamp, days) {
  return addMinutes(stamp, days * 24 * 60);
}

/** The same time on the next weekday that is not among the holidays (yyyy-MM-dd). */
export function nextWorkingDay(stamp, holidays) {
  let next = addDays(stamp, 1);
  while (isWeekend(next) || holidays.includes(next.slice(0, 10))) next = addDays(next, 1);
  return next;
}

function isWeekend(stamp) {
  return [0, 6].includes(new Date(`${stamp}Z`).getUTCDay());
}

/** The last day of this month, or of the next one when less than two weeks are left. */
export function comfortableMonthEnd(stamp) {
  const day = new Date(`${stamp}Z`);
  const endOf = months => new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1 + months, 0));
  const end = endOf(0) - day < 14 * 24 * 60 * minute ? endOf(1) : endOf(0);
  return format("UTC", { month: "long", day: "numeric" }).format(end);
}

/** The hospital's day and time as two parts, each on a line of its own. */
export function headline(stamp) {
  return [text(stamp, { weekday: "long", month: "long", day: "numeric", year: "numeric" }), time(stamp)];
}

/** Friday, March 13, with the year when it is not the one people are in. */
export function day(stamp, now) {
  const year = stamp.slice(0, 4) === now.slice(0, 4) ? undefined : "numeric";
  return text(stamp, { weekday: "long", month: "long", day: "numeric", year });
}

/** Tue, April 14: for the narrow labels of the clock. */
export function shortDay(stamp, now) {
  return day(stamp, now).replace(/^(\w{3})\w*/, "$1");
}

export function dayAndTime(stamp, now) {
  return `${day(stamp, now)}, ${time(stamp)}`;
}

function time(stamp) {
  return text(stamp, { hour: "numeric", minute: "2-digit" });
}

function text(stamp, options) {
  return format("UTC", options).format(new Date(`${stamp}Z`)).replace(/\u202f/g, " ");
}

export function zoneName(instant, zone) {
  return format(zone, { timeZoneName: "short" }).formatToParts(new Date(instant))
    .find(part => part.type === "timeZoneName").value;
}

function format(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-US", { timeZone: zone, ...options }));
  return formats.get(key);
}
