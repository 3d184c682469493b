// What I may ask for, what I have asked for, and what I hold.
import {access, all} from './api.js';
import {announce, button, h, quote, said} from './dom.js';
import {ask} from './ask.js';
import {load} from './face.js';
import {act, dialog, durationField, input, field, reasonField} from './form.js';
import {me, named, what} from './people.js';
import {revoke} from './revoke.js';
import {part, table} from './table.js';
import {bar, seconds, typed, when, words} from './time.js';

export const lead = 'Ask for access for a time, extend it, and give it back when you are done.';

export function show(place, {signal, every}) {
  return load(place, async () => {
    const self = await me();
    const requests = table(
      'My requests',
      [
        [
          'Access',
          (it) => [
            what(it),
            h('small', ` for ${words(seconds(it.duration))}`),
            it.breakGlass ? h('span.mark.warn', 'emergency') : null,
          ],
        ],
        ['Reason', (it) => (it.reason ? quote(it.reason) : '')],
        ['State', (it) => state(it)],
        [
          '',
          (it) =>
            it.state === 'PENDING'
              ? h(
                  'div.buttons',
                  button('Cancel', () => cancel(it), {test: 'cancel-request'}),
                )
              : null,
        ],
      ],
      (it) => it.id,
      {test: 'my-request', none: 'You have asked for nothing yet.'},
    );
    const grants = table(
      'My access',
      [
        ['Access', (it) => [what(it), it.breakGlass ? h('span.mark.warn', 'emergency') : null]],
        ['Time', (it) => time(it)],
        [
          '',
          (it) =>
            h(
              'div.buttons',
              it.state === 'ACTIVE' ? button('Extend…', () => extend(it), {test: 'extend'}) : null,
              button('Give back…', () => revoke(it, self, read, 'Give back'), {test: 'give-back'}),
            ),
        ],
      ],
      (it) => it.id,
      {test: 'my-grant', none: 'You hold no access for a time.'},
    );
    const read = async (background = false) => {
      const [asked, held] = await Promise.all([
        all('ListAccessRequests', {mine: true}, 'requests', {signal, background}),
        all('ListGrants', {mine: true}, 'grants', {signal, background}),
      ]);
      requests.show(asked.sort((one, other) => other.createdAt.localeCompare(one.createdAt)).slice(0, 100));
      grants.show(held);
    };
    const cancel = async (it) => {
      dialog('Take the request back?', ({close}) =>
        act({
          fields: h('p', what(it)),
          verb: 'Take it back',
          kind: 'danger',
          cancel: close,
          send: async () => {
            await access('CancelAccessRequest', {id: it.id});
            close();
            await read();
          },
        }),
      );
    };
    const extend = (it) => dialog('Extend the access', ({close}) => extension(it, self, close, read));
    await read();
    every(5000, () => read(true));
    return [
      part('I hold', grants.element),
      part('Ask for access', ask(self, read)),
      part('I have asked for', requests.element),
    ];
  });
}

const STATES = {PENDING: 'mark', APPROVED: 'mark good', DENIED: 'mark bad', CANCELLED: 'mark', LAPSED: 'mark warn'};

function state(it) {
  const yes = it.reviews.filter((each) => each.decision === 'APPROVE').length;
  return [
    h('span', {class: STATES[it.state], test: 'state'}, String(it.state).toLowerCase()),
    it.state === 'PENDING'
      ? h('p.hint', `${yes} of ${it.quorum} votes; lapses `, when(it.pendingUntil, 'short'))
      : null,
    it.reviews
      .filter((each) => each.reason)
      .map((each) => h('div', h('small', said(named(each.reviewer)), ': '), quote(each.reason))),
  ];
}

/** The time that is left of a grant, or when it starts. */
export const time = (it) =>
  it.state === 'SCHEDULED'
    ? ['starts ', when(it.startsAt)]
    : [when(it.endsAt, 'left'), bar(it.startsAt, it.endsAt)];

function extension(it, self, close, done) {
  const rule = self.permissions.get(it.permission);
  const most = rule ? seconds(rule.maxDuration) : 86400;
  const key = crypto.randomUUID();
  return act({
    fields: [
      h('p', what(it)),
      durationField('For, from now on', Math.min(most, 3600), most),
      reasonField(),
      rule?.ticketRequired ? field('Ticket', input('ticket', {required: true})) : null,
    ],
    verb: 'Ask to extend',
    cancel: close,
    send: async (data) => {
      const request = await access('ExtendGrant', {
        grantId: it.id,
        duration: `${typed(data.get('duration'))}s`,
        reason: data.get('reason'),
        ticket: data.get('ticket') ?? '',
        idempotencyKey: key,
      });
      announce(`Asked to extend ${request.permission}`);
      close();
      await done();
    },
  });
}
