// Times and durations in words. The service's clock decides, so times left are counted by it.
import {h} from './dom.js';

let ahead = 0;

export const setServerTime = (iso) => {
  ahead = Date.parse(iso) - Date.now();
};

export const now = () => Date.now() + ahead;

const UNITS = [
  ['d', 86400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
];

/** Such as "1 h 30 min": the two largest units. */
export function words(seconds) {
  let rest = Math.max(0, Math.round(seconds));
  if (rest >= 600) {
    rest = Math.round(rest / 60) * 60;
  }
  const parts = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0 && parts.length < 2) {
      parts.push(`${count} ${unit}`);
    }
  }
  return parts.join(' ') || '0 s';
}

/** The seconds of a duration in proto3 JSON, such as "3600s". */
export const seconds = (wire) => Number.parseFloat(wire ?? '0');

const PART = /(\d+(?:\.\d+)?)\s*(d|h|min|m|s)(?:[a-z]*)\s*/gi;

/** The seconds of what a person typed, such as "1 h 30 min", or NaN. */
export function typed(text) {
  if (text.replace(PART, '').trim() !== '' || text.trim() === '') {
    return Number.NaN;
  }
  const size = (unit) => UNITS.find(([name]) => name.startsWith(unit.toLowerCase()))[1];
  return [...text.matchAll(PART)].reduce((sum, [, count, unit]) => sum + Number(count) * size(unit), 0);
}

const pad = (number) => String(number).padStart(2, '0');

/** The local time, with the day where it is another one. */
export function local(iso) {
  const at = new Date(iso);
  const clock = `${pad(at.getHours())}:${pad(at.getMinutes())}`;
  const today = at.toDateString() === new Date(now()).toDateString();
  return today ? clock : `${at.toLocaleDateString(undefined, {day: 'numeric', month: 'short'})}, ${clock}`;
}

/** The exact time in UTC. */
export const utc = (iso) =>
  Number.isNaN(Date.parse(iso)) ? 'no time' : new Date(iso).toISOString().replace('T', ' ').replace('Z', ' UTC');

function relative(iso) {
  const left = (Date.parse(iso) - now()) / 1000;
  if (Math.abs(left) < 5) {
    return 'now';
  }
  const one = Math.abs(left) < 60 ? words(Math.abs(left)) : coarse(Math.abs(left));
  return left > 0 ? `in ${one}` : `${one} ago`;
}

// Near times to the minute, far ones to two units: a reader wants no more.
const coarse = (span) => words(span < 3600 ? Math.round(span / 60) * 60 : span);

/** A time in words that goes on by itself, with the local time beside and UTC in its title. */
export function when(iso, form = 'ago') {
  const time = h('time', {datetime: iso, title: utc(iso), 'data-form': form});
  tell(time);
  return time;
}

const FORMS = {
  ago: (iso) => `${relative(iso)} (${local(iso)})`,
  short: relative,
  clock: local,
  left: (iso) =>
    Date.parse(iso) > now()
      ? `${words((Date.parse(iso) - now()) / 1000)} left (until ${local(iso)})`
      : `ended (${local(iso)})`,
};

function tell(time) {
  const text = FORMS[time.dataset.form](time.dateTime);
  if (time.textContent !== text) {
    time.textContent = text;
  }
}

/** The part of a period that is left, as a bar; words beside it say the same. */
export function bar(from, until) {
  const element = h('div.bar', {'data-from': from, 'data-until': until, 'aria-hidden': 'true'}, h('i'));
  fill(element);
  return element;
}

function fill(element) {
  const from = Date.parse(element.dataset.from);
  const until = Date.parse(element.dataset.until);
  const left = Math.min(1, Math.max(0, (until - now()) / Math.max(1, until - from)));
  element.style.setProperty('--left', left.toFixed(3));
  element.classList.toggle('soon', until - now() < 300_000);
}

setInterval(() => {
  document.querySelectorAll('time[data-form]').forEach(tell);
  document.querySelectorAll('.bar').forEach(fill);
}, 1000);
