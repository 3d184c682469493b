// The decisions of a guarded server as they happen: counts, refusals with their cure, the shadow policy.
import {call} from './api.js';
import {button, h, keep, plain, said} from './dom.js';
import {face, load, withCommands} from './face.js';
import {follow} from './follow.js';
import {field, input} from './form.js';
import {named} from './people.js';
import {facts, part, table} from './table.js';
import {utc, when} from './time.js';

export const lead = 'What a guarded server decides, as it decides it.';

const OUTCOMES = {
  ALLOWED: 'Allowed',
  PUBLIC: 'Public',
  REFUSED: 'Refused',
  ENDED: 'Ended',
  ADMITTED_INSTEAD: 'Admitted instead',
  SHADOW_DIFFERS: 'Shadow differs',
};
const KEPT = 500;

export function show(place, {signal}) {
  const counts = new Map();
  let records = [];
  let last = {};
  let paused = false;
  let cures = new Map();
  let missed = 0;
  const tiles = h('div.tiles');
  const methods = table(
    'Decisions by method',
    [
      ['Method', (it) => h('code', said(it.key))],
      ...Object.entries(OUTCOMES)
        .slice(0, 5)
        .map(([key, name]) => [name, (it) => number(it[key])]),
    ],
    (it) => it.key,
    {test: 'method', none: 'No calls yet.'},
  );
  const reasons = table(
    'Refusals by reason',
    [
      ['Reason', (it) => h('code', said(it.key))],
      ['Times', (it) => number(it.sum)],
      ['Cure', (it) => withCommands(it.cure)],
    ],
    (it) => it.key,
    {test: 'reason-count', none: 'Nothing was refused.'},
  );
  const refusals = h('ol.events');
  const shadows = h('ol.events');
  const filters = h(
    'form.row',
    {role: 'search', oninput: () => draw(), onsubmit: (event) => event.preventDefault()},
    ['method', 'caller', 'reason'].map((it) =>
      field(it[0].toUpperCase() + it.slice(1), input(it, {test: `by-${it}`})),
    ),
  );
  const pause = button(
    'Pause',
    () => {
      paused = !paused;
      pause.setAttribute('aria-pressed', String(paused));
      missed = 0;
      draw();
    },
    {test: 'pause', 'aria-pressed': 'false'},
  );
  const line = h('p.hint', {test: 'feed'});
  const trouble = h('div.trouble');

  const draw = () => {
    pause.textContent = paused ? `Go on (${missed} new)` : 'Pause';
    const wanted = Object.fromEntries(new FormData(filters));
    const all = [...counts.values()].filter((it) => has(it.method, wanted.method) && has(it.reason, wanted.reason));
    line.replaceChildren(
      'Counted since ',
      last.since ? when(last.since) : 'now',
      Number(last.uncounted) > 0 ? `; ${Number(last.uncounted).toLocaleString()} more were not counted` : '',
    );
    const sums = summed(all, () => 'all')[0] ?? {};
    keep(
      tiles,
      Object.entries(OUTCOMES).map(([key, name]) => ({key, name, count: sums[key] ?? 0})),
      (it) => it.key,
      (it) => h('div.panel', {test: 'tile', 'data-outcome': it.key}, h('b', it.count.toLocaleString()), it.name),
    );
    methods.show(summed(all, (it) => it.method));
    reasons.show(
      summed(
        all.filter((it) => it.reason && it.outcome !== 'SHADOW_DIFFERS'),
        (it) => it.reason,
      ).map((it) => ({...it, cure: cures.get(it.key) ?? ''})),
    );
    const shown = records
      .filter(
        (it) =>
          has(it.method, wanted.method) &&
          has(it.reason, wanted.reason) &&
          has(`${it.caller} ${it.session}`, wanted.caller),
      )
      .reverse();
    const isShadow = (it) => it.outcome === 'SHADOW_DIFFERS';
    keep(
      refusals,
      shown.filter((it) => !isShadow(it)).slice(0, 100),
      (it) => it.number,
      (it) => record(it, cures),
    );
    keep(
      shadows,
      shown.filter(isShadow).slice(0, 100),
      (it) => it.number,
      (it) => record(it, cures),
    );
  };

  const take = (news) => {
    last = news;
    (news.counts ?? []).forEach((it) => counts.set(`${it.method} ${it.outcome} ${it.reason}`, it));
    const known = new Set(records.map((it) => it.number));
    const fresh = (news.records ?? []).filter((it) => !known.has(it.number));
    records = [...records, ...fresh].slice(-KEPT);
    missed += fresh.length;
    if (paused) {
      pause.textContent = `Go on (${missed} new)`;
    } else {
      draw();
    }
  };

  let again;
  const begin = async () => {
    cures = new Map(Object.entries(await call('/api/cures', {}, {signal})));
    follow(
      '/api/decisions/WatchDecisions',
      {},
      {
        signal,
        onMessage: take,
        onState: (failure, next, retry) => {
          if (!failure) {
            // The server may have begun anew: its first message has all that it counts.
            counts.clear();
            records = [];
          }
          content.classList.toggle('stale', Boolean(failure));
          again = retry ?? (() => load(place, begin));
          // The same trouble again is told once, and keeps its button.
          if (!failure || trouble.firstElementChild?.dataset.face !== failure.face) {
            const shown = failure?.face === 'NOT_CONFIGURED' ? connect(failure) : failure;
            trouble.replaceChildren(shown ? face(shown, () => again()) : '');
          }
          content.hidden = Boolean(failure) && !last.at;
        },
      },
    );
    return [trouble, content];
  };
  const content = h(
    'div',
    h('div.bar-line', line, pause),
    tiles,
    h('div.part', filters),
    part('By method', methods.element),
    part('Why calls were refused', reasons.element),
    part('Last refusals and ends', h('p.hint', 'Open one for its cure and who called.'), refusals),
    part(
      'Where the shadow policy differs',
      h('p.hint', 'Calls that the next policy would answer otherwise.'),
      shadows,
    ),
  );
  return load(place, begin);
}

const connect = (failure) => ({
  ...failure,
  title: 'No guarded server is connected',
  message: 'Start the server with its feed, let its policy allow you the feed, and name it to the console.',
  advice:
    "At the server: 'rolecall serve --console-feed'. Here: 'rolecall console --decisions HOST:PORT " +
    "--decisions-audience NAME'.",
});

const has = (text, part) => !part || (text ?? '').toLowerCase().includes(part.trim().toLowerCase());

const number = (it) => (it ? h('span.num', it.toLocaleString()) : h('span.none', '–'));

/** The counts by what of gives, each outcome apart; the most first. */
function summed(counts, of) {
  const sums = new Map();
  for (const it of counts) {
    const sum = sums.get(of(it)) ?? {key: of(it), sum: 0};
    sum[it.outcome] = (sum[it.outcome] ?? 0) + Number(it.count);
    sum.sum += Number(it.count);
    sums.set(sum.key, sum);
  }
  return [...sums.values()].sort((one, other) => other.sum - one.sum);
}

const record = (it, cures) =>
  h(
    'li',
    {test: 'decision', 'data-outcome': it.outcome},
    h(
      'details',
      h(
        'summary',
        h('span', when(it.at, 'short')),
        h(
          'span',
          h(
            'span.mark',
            {class: it.outcome === 'REFUSED' ? 'mark bad' : 'mark warn'},
            OUTCOMES[it.outcome] ?? plain(it.outcome),
          ),
        ),
        h('span', said(it.reason || it.shadow)),
        h(
          'span',
          said(it.method.slice(it.method.lastIndexOf('.') + 1)),
          ' — ',
          it.caller ? named({principal: it.caller}) : 'no proven caller',
        ),
      ),
      cures.has(it.reason) ? h('p.advice', {test: 'cure'}, withCommands(cures.get(it.reason))) : null,
      facts(
        ...[
          ['Method', it.method],
          ['Caller', it.caller],
          ['Session', it.session],
          ['Peer', it.peer],
          ['Rule', it.rule],
          ['Permission', it.permission],
          ['Shadow says', it.shadow],
          ['Rule of the shadow', it.shadowRule],
          ['Scheme', it.scheme],
          ['Request', it.requestId],
          ['Like it, left out', Number(it.leftOut) > 0 && it.leftOut],
          ['At', utc(it.at)],
        ].map(([name, value]) => [name, value && said(value)]),
      ),
    ),
  );
