// The access that holds now, the locks, and the servers that enforce both.
import {access, all} from './api.js';
import {button, h, said} from './dom.js';
import {face, load} from './face.js';
import {lock, unlock} from './lock.js';
import {time} from './mine.js';
import {me, named, what, who} from './people.js';
import {enforcerColumns, revoke} from './revoke.js';
import {part, table} from './table.js';
import {when} from './time.js';

export const lead = 'The access that holds now, who is locked, and which servers have heard of it.';

const approvers = new Map();

export function show(place, {signal, every}) {
  return load(place, async () => {
    const self = await me();
    const grants = table(
      'Live access',
      [
        ['Who', (it) => who(it.holder, true)],
        [
          'Access',
          (it) => [
            what(it),
            it.breakGlass ? h('span.mark.warn', 'emergency') : null,
            it.postReview === 'REQUIRED' ? h('p.hint', 'waits for its review') : null,
            it.postReview === 'FLAGGED' ? h('p.hint', 'flagged as wrong') : null,
          ],
        ],
        ['Time', time],
        ['Approved by', (it) => h('span.name', it.by)],
        [
          '',
          (it) =>
            h(
              'div.buttons',
              button('Revoke…', () => revoke(it, self, read), {test: 'revoke'}),
              self.admin ? button('Lock…', () => lock(read, it.holder), {test: 'lock-holder'}) : null,
            ),
        ],
      ],
      (it) => it.id,
      {test: 'grant', none: 'No access for a time holds now.'},
    );
    const locks = table(
      'Locks',
      [
        ['Locked', (it) => target(it.target)],
        ['Reason', (it) => [said(it.reason), it.alsoHits.map((each) => h('p.hint', said(each)))]],
        ['Until', (it) => (it.until ? when(it.until) : 'unlocked by a person')],
        ['By', (it) => h('span.name', named(it.lockedBy ?? {}))],
        [
          '',
          (it) =>
            h(
              'div.buttons',
              button('Unlock…', () => unlock(it, read), {test: 'unlock'}),
            ),
        ],
      ],
      (it) => it.id,
      {test: 'lock', none: 'Nobody is locked.'},
    );
    const enforcers = table('Servers', enforcerColumns, (it) => it.node, {
      test: 'enforcer',
      none: 'No server follows the grants.',
    });
    const admins = h('div');
    const read = async (background = false) => {
      const held = await all('ListGrants', {}, 'grants', {signal, background});
      grants.show(await Promise.all(held.map(async (it) => ({...it, by: await approvedBy(it, background)}))));
      if (self.admin) {
        await administered(locks, enforcers, {signal, background}).catch((failure) => {
          admins.replaceChildren(face(failure, () => read()));
        });
      }
    };
    admins.append(
      ...(self.admin
        ? [
            part(
              'Locks',
              locks.element,
              h(
                'div.buttons.under',
                button('Lock…', () => lock(read), {test: 'lock-new'}),
              ),
            ),
            part('Servers that enforce', enforcers.element),
          ]
        : [h('p.none.part', 'Locks and servers are shown to administrators.')]),
    );
    await read();
    every(5000, () => read(true));
    return [part('Access', grants.element), admins];
  });
}

async function administered(locks, enforcers, options) {
  const [locked, known] = await Promise.all([
    all('ListLocks', {}, 'locks', options),
    access('ListEnforcers', {}, options),
  ]);
  locks.show(locked.filter((it) => !it.unlocked));
  enforcers.show(
    known.enforcers.map((it) => ({...it, behind: Number(known.revision) - Number(it.acknowledgedRevision)})),
  );
}

// The reviews of a grant's request do not change once the grant is made.
async function approvedBy(grant, background) {
  if (!approvers.has(grant.requestId)) {
    const request = await access('GetAccessRequest', {id: grant.requestId}, {background}).catch(() => null);
    approvers.set(
      grant.requestId,
      (request?.reviews ?? [])
        .filter((it) => it.decision === 'APPROVE')
        .map((it) => named(it.reviewer))
        .join(', ') || (grant.breakGlass ? 'nobody yet' : '—'),
    );
  }
  return approvers.get(grant.requestId);
}

const target = (it) =>
  it.person
    ? h('b', said(it.person))
    : [
        h('b', said(it.accessKeyId ? `Key ${it.accessKeyId}` : it.roleArn)),
        h('div', h('small', said(it.accessKeyId ? it.roleArn : it.roleId))),
      ];
