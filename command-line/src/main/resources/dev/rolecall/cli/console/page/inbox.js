// The requests that wait for a review, and those that I have voted on until they are decided.
import {all} from './api.js';
import {button, h, keep, plain, quote, said} from './dom.js';
import {load} from './face.js';
import {me, named, same, what, who} from './people.js';
import {dismiss, inbox, refresh} from './requests.js';
import {review} from './review.js';
import {facts} from './table.js';
import {local, seconds, when, words} from './time.js';

export const lead = 'Requests that wait for your review. They come and go by themselves.';

export async function show(place, {signal, every}) {
  await load(place, async () => {
    const self = await me();
    await refresh({signal});
    let grants = await all('ListGrants', {}, 'grants', {signal});
    const list = h('div.cards');
    const none = h(
      'div.empty',
      h('h2', 'Nothing waits for you'),
      h('p', 'New requests appear here at once. You can leave this page open.'),
    );
    const draw = () => {
      const items = [...inbox.items.values()].sort(byNeed);
      none.hidden = items.length > 0;
      keep(
        list,
        items.map((it) => ({...it, holds: heldBy(it.request.beneficiary, grants)})),
        (it) => it.request.id,
        (it, old) => card(it, old, self),
      );
    };
    inbox.news.addEventListener('change', draw, {signal});
    every(30_000, async () => {
      grants = await all('ListGrants', {}, 'grants', {signal, background: true});
      draw();
    });
    draw();
    return [list, none];
  });
}

// What waits for me first, the oldest at the top.
const byNeed = (one, other) =>
  Number(other.waits) - Number(one.waits) || one.request.createdAt.localeCompare(other.request.createdAt);

const heldBy = (subject, grants) =>
  grants
    .filter((it) => same(it.holder, subject))
    .map(({permission, resources, endsAt}) => ({permission, resources, endsAt}));

function card(item, old, self) {
  const {request, waits, voted, emergency} = item;
  const element = old ?? h('article.card', {test: 'inbox-request', 'data-id': request.id}, h('div'), h('div'));
  element.dataset.state = waits ? 'WAITS' : request.state;
  element.setAttribute('aria-label', `${named(request.beneficiary)}: ${request.permission}`);
  element.classList.toggle('done', !waits);
  element.firstChild.replaceChildren(
    h('div.top', who(request.beneficiary), h('p.since', 'asked ', when(request.createdAt))),
    h(
      'p.ask',
      what(request),
      h('span', `for ${words(seconds(request.duration))}`),
      request.startsAt ? h('span', 'starting ', when(request.startsAt)) : null,
      emergency ? h('span.mark.warn', 'emergency') : null,
      request.extension ? h('span.mark', 'extension') : null,
    ),
    request.reason ? quote(request.reason) : h('p.none', 'No reason was given.'),
    facts(
      ['Ticket', request.ticket && said(request.ticket)],
      ['Asked by', !same(request.requester, request.beneficiary) && who(request.requester)],
      ['Rule', !emergency && rule(request, self.permissions.get(request.permission))],
      ['Lapses', request.state === 'PENDING' && when(request.pendingUntil)],
      ['Holds already', held(item.holds)],
    ),
    emergency ? '' : votes(request),
  );
  const form = element.lastChild;
  if (waits && !form.hasChildNodes()) {
    form.append(review(item, self, () => inbox.items.get(request.id)));
  } else if (!waits) {
    form.replaceChildren(outcome(item, voted));
  }
  return element;
}

const rule = (request, permission) =>
  [`${request.quorum} must approve`, permission ? `${words(seconds(permission.maxDuration))} at most` : null]
    .filter(Boolean)
    .join(', ');

const held = (grants) =>
  grants.length === 0
    ? 'nothing that you can see'
    : h(
        'ul.plain',
        grants.map((it) => h('li', what(it), h('small', ` until ${local(it.endsAt)}`))),
      );

function votes({reviews, quorum, state}) {
  const yes = reviews.filter((it) => it.decision === 'APPROVE').length;
  const missing = Math.max(0, quorum - yes);
  return h(
    'div.votes',
    {test: 'votes'},
    h(
      'p',
      h('span', {'aria-hidden': 'true'}, '●'.repeat(yes) + '○'.repeat(missing)),
      ` ${yes} of ${quorum} approve`,
      state === 'PENDING' ? `, ${missing} missing` : '',
    ),
    h(
      'ul.plain',
      reviews.map((it) =>
        h(
          'li',
          h('b', {title: plain(it.reviewer.principal)}, said(named(it.reviewer))),
          it.decision === 'APPROVE' ? ' approved ' : ' denied ',
          h('small', when(it.reviewedAt)),
          it.reason ? quote(it.reason) : null,
        ),
      ),
    ),
  );
}

const ENDS = {
  APPROVED: 'Approved.',
  DENIED: 'Denied.',
  CANCELLED: 'Taken back by its requester.',
  LAPSED: 'Lapsed before it was decided.',
};

const OF_OTHERS = new Set(['APPROVED', 'DENIED']);

function outcome({request, reviewed}, voted) {
  const text = reviewed
    ? `Reviewed ${reviewed}.`
    : request.state === 'PENDING'
      ? 'You have voted. Others still have to.'
      : `${ENDS[request.state] ?? request.state}${voted || !OF_OTHERS.has(request.state) ? '' : ' Others decided it before you did.'}`;
  return h(
    'div.outcome.bar-line',
    h('p', {test: 'outcome', 'data-state': request.state}, text),
    reviewed || request.state !== 'PENDING'
      ? button('Put away', () => dismiss(request.id), {test: 'dismiss'})
      : null,
  );
}
