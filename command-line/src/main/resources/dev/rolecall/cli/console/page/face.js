// The face of a failure: what happened, what to do, and another try where that helps.
import {button, h, said} from './dom.js';

const TITLES = {
  AWAY: 'The service does not answer',
  SIGNED_OUT: 'You are signed out of AWS',
  NOT_PROVEN: 'Your proof was not accepted',
  NOT_ALLOWED: 'You are not allowed to do this',
  LOCKED: 'You are locked',
  REFUSED: 'The service said no',
  CHANGED: 'The request has changed',
  WRONG: 'Something is not right in what you entered',
  LINK_USED: 'This link has been used',
  NO_KEY: 'This tab has no key',
  NOT_CONFIGURED: 'Not connected',
  DEFECT: 'A defect',
  GONE: 'The console has stopped',
};

const ADVICE = {
  SIGNED_OUT: "Run 'aws sso login', then try again.",
  LINK_USED: "A link opens one tab, once. Run 'rolecall console' again for a new one.",
  NO_KEY: 'Open the console with the link that the command printed. Each link opens one tab.',
};

const CALM = new Set(['NOT_ALLOWED', 'NOT_CONFIGURED', 'NO_KEY', 'LINK_USED']);
const HOPELESS = new Set(['NO_KEY', 'LINK_USED', 'WRONG', 'LOCKED']);

// A command in quotes is shown as one. The words are the console's, with foreign names in them.
export const withCommands = (text) =>
  String(text ?? '')
    .split(/'((?:rolecall|aws)[^']*)'/)
    .map((it, at) => (at % 2 ? h('code', it) : said(it)));

/** The failure as an element. Tries again with what is given, if anything. */
export function face(failure, retry) {
  const title = failure.title || TITLES[failure.face] || failure.face;
  const advice = failure.advice || ADVICE[failure.face];
  const details = Object.entries(failure.details ?? {});
  return h(
    'section.face',
    {
      test: 'face',
      'data-face': failure.face ?? 'DEFECT',
      class: CALM.has(failure.face) ? 'face calm' : 'face',
      role: 'alert',
    },
    h('h2', said(title ?? 'A defect of the page')),
    failure.message && failure.message !== title ? h('p', said(failure.message)) : null,
    advice ? h('p.advice', withCommands(advice)) : null,
    failure.reason || details.length
      ? h(
          'details',
          h('summary', 'Details'),
          h(
            'dl.facts',
            fact('Reason', failure.reason),
            details.map(([name, value]) => fact(name, value)),
          ),
        )
      : null,
    retry && !HOPELESS.has(failure.face) ? button('Try again', retry, {test: 'try-again'}) : null,
  );
}

const fact = (name, value) => (value ? [h('dt', said(name)), h('dd', said(value))] : null);

/** Puts what a promise gives into an element: a quiet wait, then the content or the face. */
export async function load(place, make) {
  const wait = setTimeout(() => place.replaceChildren(h('p.wait', 'Reading…')), 250);
  try {
    const content = await make();
    clearTimeout(wait);
    place.replaceChildren(...[content].flat());
  } catch (failure) {
    clearTimeout(wait);
    if (failure.name !== 'AbortError') {
      place.replaceChildren(face(failure, () => load(place, make)));
    }
  }
}
