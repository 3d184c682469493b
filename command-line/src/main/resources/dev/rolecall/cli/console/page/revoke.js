// The end of access, seen through to the last server that enforces it.
import {access} from './api.js';
import {button, h, keep, said} from './dom.js';
import {face} from './face.js';
import {act, dialog, reasonField} from './form.js';
import {what, who} from './people.js';
import {when} from './time.js';

const LONGEST = 30_000;
const LATER = 'they end it when they hear of it, or when their news is stale.';

/** Asks for a reason, revokes the grant, and shows who has heard of it. */
export function revoke(grant, self, done, verb = 'Revoke') {
  dialog(`${verb} this access?`, ({close, place}) =>
    act({
      fields: [h('p', what(grant)), h('div', who(grant.holder)), reasonField()],
      verb: `${verb} now`,
      kind: 'danger',
      cancel: close,
      test: 'revoke-form',
      send: async (data) => {
        const body = {grantId: grant.id, reason: data.get('reason')};
        if (self.admin) {
          const answer = await access('RevokeGrant', body);
          acknowledge(place, close, answer.grant.revision, 'The access is revoked.');
        } else {
          // Who may not list the servers has the service wait for them.
          const answer = await access('RevokeGrant', {...body, wait: '30s'}, {limit: 35_000});
          place.replaceChildren(waited(answer), end(close));
        }
        await done(true);
      },
    }),
  );
}

const end = (close) => h('div.buttons', button('Close', close, {class: 'primary', test: 'close'}));

const waited = ({unconfirmed, streamsEnded}) =>
  h(
    'div.stack',
    {test: 'acknowledged', role: 'status'},
    h(
      'p',
      'The access is revoked. ',
      unconfirmed.length === 0
        ? 'Every connected server has confirmed it.'
        : `Not confirmed in 30 seconds by ${unconfirmed.length}: ${LATER}`,
    ),
    h(
      'ul.acks',
      unconfirmed.map((it) => h('li', said(it))),
    ),
    h('p.hint', `${streamsEnded} live streams were ended.`),
  );

/** Shows which connected servers have acknowledged the revision, for half a minute at most. */
export async function acknowledge(place, close, revision, sentence, more = []) {
  const list = h('ul.acks');
  const status = h('p', {role: 'status', test: 'progress'}, 'Waiting for the servers…');
  place.replaceChildren(h('p', sentence), ...more, status, list, end(close));
  place.querySelector('[data-testid=close]').focus();
  const until = Date.now() + LONGEST;
  try {
    for (let missing = 1; missing > 0 && place.isConnected;) {
      const {enforcers} = await access('ListEnforcers', {}, {background: true});
      const items = enforcers
        .filter((it) => it.connected)
        .map(({node, acknowledgedRevision}) => ({node, has: Number(acknowledgedRevision) >= Number(revision)}));
      missing = items.filter((it) => !it.has).length;
      keep(list, items, (it) => it.node, ack);
      if (missing === 0) {
        tell(
          status,
          items.length ? `All ${items.length} servers have acknowledged it.` : 'No server is connected.',
        );
      } else if (Date.now() > until) {
        tell(status, `${missing} of ${items.length} servers have not acknowledged it in 30 seconds: ${LATER}`);
        return;
      } else {
        tell(status, `${items.length - missing} of ${items.length} servers have acknowledged it…`);
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  } catch (failure) {
    status.replaceWith(face(failure));
  }
}

function tell(status, text) {
  if (status.textContent !== text) {
    status.textContent = text;
  }
}

const ack = ({node, has}) =>
  h(
    'li',
    {test: has ? 'acknowledged' : 'unacknowledged', 'data-id': node},
    said(node),
    h('span.mark', {class: has ? 'mark good' : 'mark'}, has ? '✓ acknowledged' : 'waiting'),
  );

/** The servers that enforce, with the newest revision that each has acknowledged. */
export const enforcerColumns = [
  ['Server', (it) => [h('b', said(it.node)), h('div', h('small', said(it.caller.principal)))]],
  [
    'State',
    (it) => h('span', {class: it.connected ? 'mark good' : 'mark warn'}, it.connected ? 'connected' : 'away'),
  ],
  [
    'Acknowledged',
    (it) => [
      it.behind > 0 ? `${it.behind} behind` : 'up to date',
      it.acknowledgedAt ? h('div', h('small', when(it.acknowledgedAt))) : null,
    ],
  ],
  ['Enforces', (it) => it.permissions.map((each) => [h('span.chip', said(each)), ' '])],
];
