import { personOf, state } from "./store.js";
import { addDays, addMinutes, shortDay, dayAndTime, nextWorkingDay, stampOf, stampReaching } from "./times.js";

/** The clock's moves: what each is called, where it leads, and the request that goes there. */
export function moves() {
  const now = hospitalNow();
  const workingDay = nextWorkingDay(now, holidaysHere());
  const event = nextEvent();
  return [
    { hook: "clock-next-event", title: "To next event", to: event, body: { to: event }, primary: true, untilSent: true },
    { hook: "clock-day", title: "+1 day", to: addDays(now, 1), body: { advance: "P1D" } },
    { hook: "clock-working-day", title: "+1 working day", to: workingDay, body: { to: workingDay } },
    { hook: "clock-week", title: "+1 week", to: addDays(now, 7), body: { advance: "P7D" } },
  ].map(move => ({ ...move, leadsTo: whereTo(move, now, event) }));
}

export function hospitalNow() {
  return stampOf(state.clock.now, state.clock.zone);
}

/** Something due already still needs the clock to move, so that it runs. */
export function nextEvent() {
  const { nextDue, now, zone } = state.clock;
  if (!nextDue) return null;
  const stamp = stampReaching(nextDue, zone);
  return Date.parse(nextDue) > Date.parse(now) ? stamp : addMinutes(stampOf(now, zone), 1);
}

function holidaysHere() {
  const site = personOf(state.as)?.site;
  return state.holidays.filter(holiday => !site || holiday.site === site).map(holiday => holiday.date);
}

function whereTo({ to, primary }, now, event) {
  if (!to) return "Nothing is due";
  if (primary) return dayAndTime(to, now);
  return `${shortDay(to, now)}${event && event <= to ? ", past next event" : ""}`;
}
