// Callers as people read them, and what the service says about the one who looks.
import {access} from './api.js';
import {h, plain, said} from './dom.js';
import {setServerTime} from './time.js';

let known;

// The page asks by itself, and again while the service is away: that says nothing of a person.
const BY_ITSELF = {background: true};

/** Who looks, and the permissions that they may ask for or review. Read once. */
export function me() {
  known ??= Promise.all([access('WhoAmI', {}, BY_ITSELF), access('ListPermissions', {}, BY_ITSELF)]).then(([self, {permissions}]) => {
    setServerTime(self.serverTime);
    return {...self, permissions: new Map(permissions.map((it) => [it.name, it]))};
  });
  known.catch(() => {
    known = undefined;
  });
  return known;
}

/** Whether two are one party: one person, or one role that is no person. */
export const same = (one, other) =>
  one.person || other.person
    ? one.person === other.person
    : one.principal === other.principal && one.roleId === other.roleId;

const last = (text) => text.slice(text.lastIndexOf('/') + 1);

const SSO = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/;

const ROLE = /^arn:[^:]*:iam::(\d{12}):role\//;

/** The role or the permission set of a principal; the whole of any other. */
const roleOf = (principal) => (ROLE.test(principal) ? last(principal).replace(SSO, '$1') : principal);

/** A principal for tables: the role or permission set, and its account. */
const brief = (principal) =>
  ROLE.test(principal) ? `${roleOf(principal)} in ${ROLE.exec(principal)[1]}` : principal;

const nameOf = ({person, principal}) => (person ? last(person) : roleOf(principal || '?'));

/** A short name, for titles and sentences. */
export const named = (subject) => plain(nameOf(subject));

/** A caller: the name first, then who was proven, in full where it decides. */
export const who = (subject, short = false) =>
  h(
    'span.who',
    h('span.face-of', {'aria-hidden': 'true'}, (Array.from(named(subject))[0] ?? '?').toUpperCase()),
    h(
      'span',
      h('b', said(nameOf(subject))),
      subject.person ? h('span.of', ' ', said(subject.person.slice(0, -last(subject.person).length - 1))) : null,
      h('small', {title: plain(subject.principal)}, said(short ? brief(subject.principal) : subject.principal)),
    ),
  );

/** A permission with its resources. */
export const what = (it) => [
  h('code.permission', said(it.permission)),
  (it.resources ?? []).map((each) => [' ', h('span.chip', said(each))]),
];
