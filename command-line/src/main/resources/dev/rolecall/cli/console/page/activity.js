// The audit trail: newest first, searched by the service, read page by page as one scrolls.
import {access} from './api.js';
import {button, h, plain, said} from './dom.js';
import {exporting} from './export.js';
import {face} from './face.js';
import {choice, field, input} from './form.js';
import {named} from './people.js';
import {local, utc} from './time.js';

export const lead = 'Everything that happened, newest first. Open a line for the record in full.';

const KINDS = [
  'request.',
  'request.created',
  'request.reviewed',
  'request.approved',
  'request.denied',
  'request.cancelled',
  'request.lapsed',
  'request.glass_broken',
  'grant.',
  'grant.started',
  'grant.extended',
  'grant.expired',
  'grant.revoked',
  'grant.acknowledged',
  'grant.flagged',
  'lock.',
  'lock.locked',
  'lock.unlocked',
  'token.',
  'key.',
];

export function show(place, {signal}) {
  const list = h('div.events', {test: 'events', hidden: true});
  const status = h('div', {role: 'status'});
  const form = h(
    'form.panel',
    {
      test: 'search',
      role: 'search',
      onsubmit: (event) => {
        event.preventDefault();
        begin();
      },
    },
    h(
      'div.row',
      field('Who', input('who', {test: 'who', placeholder: 'person or role', maxlength: 200})),
      field(
        'Kind',
        choice('kind', [['', 'all'], ...KINDS.map((it) => [it, it.endsWith('.') ? `${it}*` : it])], {test: 'kind'}),
      ),
      field('Permission', input('permission')),
      field('Text', input('text', {test: 'text', placeholder: 'reason or ticket', maxlength: 200})),
      field('From', input('from', {type: 'datetime-local'})),
      field('Until', input('until', {type: 'datetime-local'})),
    ),
    h(
      'div.buttons',
      h('button.primary', {type: 'submit', test: 'search-go'}, 'Search'),
      exporting(() => query(form), signal),
    ),
  );
  const more = button('Load more', () => next(), {test: 'more', hidden: true});
  let token = '';
  let count = 0;
  let reading = 0;
  const begin = () => {
    token = '';
    count = 0;
    reading += 1;
    list.replaceChildren();
    next();
  };
  const next = async () => {
    const mine = reading;
    more.disabled = true;
    status.replaceChildren(h('p.wait', 'Reading…'));
    try {
      const page = await access('ListEvents', {...query(form), pageSize: 100, pageToken: token}, {signal});
      // Another search has begun meanwhile.
      if (mine !== reading) {
        return;
      }
      // The browser skips a whole page that is out of sight: one box for a hundred rows.
      count += page.events.length;
      if (page.events.length > 0) {
        list.append(h('ol', page.events.map(event)));
      }
      list.hidden = count === 0;
      token = page.nextPageToken;
      status.replaceChildren(
        h(
          'p.hint',
          list.hidden ? 'Nothing matches.' : `${count.toLocaleString()} records${token ? '' : ': all of them'}`,
        ),
      );
    } catch (failure) {
      if (!signal.aborted && mine === reading) {
        status.replaceChildren(face(failure, next));
        token = '';
      }
    } finally {
      more.disabled = false;
      more.hidden = !token;
      // Observed anew, it tells at once whether it is still near.
      near.unobserve(more);
      near.observe(more);
    }
  };
  const near = new IntersectionObserver(([it]) => it.isIntersecting && token && !more.disabled && next(), {
    rootMargin: '900px',
  });
  signal.addEventListener('abort', () => near.disconnect());
  place.append(h('div.stack', form, list, status, h('div', more)));
  begin();
}

/** The search as the service wants it. */
function query(form) {
  const data = new FormData(form);
  const iso = (name) => (data.get(name) ? new Date(data.get(name)).toISOString() : undefined);
  const text = (name) => data.get(name).trim() || undefined;
  return {
    newestFirst: true,
    who: text('who'),
    kind: text('kind'),
    permission: text('permission'),
    text: text('text'),
    from: iso('from'),
    until: iso('until'),
  };
}

const parsed = (text) => {
  try {
    return JSON.parse(text || '{}') ?? {};
  } catch {
    return {unreadable: text};
  }
};

const TONES = {
  denied: 'bad',
  revoked: 'bad',
  flagged: 'bad',
  locked: 'bad',
  glass_broken: 'warn',
  approved: 'good',
  started: 'good',
};

function event(it) {
  const body = parsed(it.body);
  const about = body.permission ?? body.target ?? it.ref;
  const reason = body.reason ?? body.request_reason;
  const line = [about, reason].filter(Boolean).join(' — ');
  const full = h(
    'details',
    {
      ontoggle: () => {
        if (full.open && full.children.length === 1) {
          const {body: ignored, ...rest} = it;
          full.append(h('pre', {test: 'record', tabindex: '0'}, said(JSON.stringify({...rest, body}, null, 2))));
        }
      },
    },
    h(
      'summary',
      h('time', {datetime: it.at, title: utc(it.at)}, local(it.at)),
      h('span', h('span', {class: `mark ${TONES[it.kind.split('.')[1]] ?? ''}`}, said(it.kind))),
      h(
        'span',
        {title: plain(it.actor?.principal)},
        it.actor?.principal ? said(named(it.actor)) : h('span.none', 'the service'),
      ),
      h('span', said(line.slice(0, 300))),
    ),
  );
  return h('li', {test: 'event', 'data-kind': it.kind}, full);
}
