// Locks of a person, a role or an access key, seen through to the servers.
import {access} from './api.js';
import {h, said} from './dom.js';
import {act, choice, dialog, field, input, reasonField} from './form.js';
import {acknowledge} from './revoke.js';

const KINDS = [
  ['person', 'A person'],
  ['role', 'A role'],
  ['key', 'An access key'],
];

/** Locks somebody; begins with the one given. */
export function lock(done, who = {}) {
  dialog('Lock', ({close, place}) => {
    const kind = choice('kind', KINDS, {test: 'lock-kind', value: 'person'});
    kind.value = who.principal && !who.person ? 'role' : 'person';
    const fields = h('div.stack');
    const draw = () => fields.replaceChildren(...targetFields(kind.value, who));
    kind.addEventListener('change', draw);
    draw();
    return act({
      fields: [
        h('p.hint', 'A lock takes all access, also that of plain rules at servers that follow the service.'),
        field('Whom', kind),
        fields,
        field('Until', input('until', {type: 'datetime-local'}), 'Empty: until someone unlocks'),
        reasonField(),
      ],
      verb: 'Lock now',
      kind: 'danger',
      cancel: close,
      test: 'lock-form',
      send: async (data) => {
        const target = {};
        ['person', 'roleArn', 'roleId', 'accessKeyId']
          .filter((it) => data.get(it))
          .forEach((it) => {
            target[it] = data.get(it).trim();
          });
        const until = data.get('until');
        const state = await access('Lock', {
          target,
          reason: data.get('reason'),
          ...(until ? {until: new Date(until).toISOString()} : {}),
        });
        acknowledge(
          place,
          close,
          state.revision,
          'Locked.',
          state.alsoHits.map((it) => h('p.hint', said(it))),
        );
        await done(true);
      },
    });
  });
}

function targetFields(kind, {person, principal, roleId}) {
  const box = (label, name, value, hint) =>
    field(label, input(name, {required: true, value: value ?? '', test: name}), hint);
  return kind === 'person'
    ? [box('Person', 'person', person, 'Such as corp/ana@example.com')]
    : [
        box('ARN of the role', 'roleArn', principal),
        kind === 'role'
          ? box('Unique id of the role', 'roleId', roleId, 'Such as AROA…')
          : box('Id of the access key', 'accessKeyId', '', 'Such as ASIA…'),
      ];
}

export function unlock(it, done) {
  dialog('Unlock?', ({close, place}) =>
    act({
      fields: [h('p', 'Locked for: ', said(it.reason)), reasonField()],
      verb: 'Unlock',
      cancel: close,
      test: 'unlock-form',
      send: async (data) => {
        const state = await access('Unlock', {id: it.id, reason: data.get('reason')});
        acknowledge(place, close, state.revision, 'Unlocked.');
        await done(true);
      },
    }),
  );
}
