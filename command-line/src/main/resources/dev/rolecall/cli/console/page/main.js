// The shell: the key of this tab, the pages by the address's fragment, and how the connection is.
import {call, Failure, gone, key} from './api.js';
import {button, h, icon, plain, said} from './dom.js';
import {face, withCommands} from './face.js';
import {me, who} from './people.js';
import {followRequests, inbox, onLine} from './requests.js';
import {when} from './time.js';

// Each page is read when it is first opened.
const PAGES = {
  inbox: ['Inbox', () => import('./inbox.js'), 'M4 5h16v14H4zM4 13h5l1.5 2.5h3L15 13h5'],
  mine: ['My access', () => import('./mine.js'), 'M8 15a4 4 0 1 1 3.5-6H21v3h-2v3h-3v-3h-4.5A4 4 0 0 1 8 15z'],
  live: ['Live', () => import('./live.js'), 'M3 12h4l3-8 4 16 3-8h4'],
  activity: ['Activity', () => import('./activity.js'), 'M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01'],
  decisions: [
    'Decisions',
    () => import('./decisions.js'),
    'M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6zM9 12l2 2 4-4',
  ],
  policy: ['Policy', () => import('./policy.js'), 'M6 3h9l4 4v14H6zM14 3v5h5M9 13h7M9 17h5'],
};

const main = document.getElementById('main');
const banner = document.getElementById('banner');
const state = h('p.state', {role: 'status', test: 'connection'}, 'Connecting…');
const count = h('span.count', {test: 'inbox-count', hidden: true});
let leave = new AbortController();
let title = '';

/** Takes the code out of the address at once, so that it stays in no history. */
function code() {
  const found = new URLSearchParams(location.hash.slice(1)).get('code');
  if (found !== null) {
    history.replaceState(null, '', '#/inbox');
  }
  return found;
}

function tellTitle() {
  const waiting = inbox.waiting().length;
  count.textContent = String(waiting);
  count.hidden = waiting === 0;
  count.setAttribute('aria-label', `${waiting} waiting`);
  document.title = `${waiting ? `(${waiting}) ` : ''}${title} · Rolecall console`;
}

function open(focus) {
  const wanted = location.hash.slice(2).split('/')[0];
  const name = Object.hasOwn(PAGES, wanted) ? wanted : 'inbox';
  const [heading, read] = PAGES[name];
  leave.abort();
  leave = new AbortController();
  const {signal} = leave;
  const every = (ms, work) => {
    // What a timer could not read is read the next time: the connection's state is shown already.
    const timer = setInterval(() => Promise.resolve(work()).catch(() => {}), ms);
    signal.addEventListener('abort', () => clearInterval(timer));
  };
  title = heading;
  const h1 = h('h1', {tabindex: '-1'}, title);
  const lead = h('p.lead');
  const place = h('div');
  main.replaceChildren(h1, lead, place);
  document.querySelectorAll('nav a').forEach((it) => {
    it.toggleAttribute('aria-current', false);
    if (it.hash === `#/${name}`) {
      it.setAttribute('aria-current', 'page');
    }
  });
  tellTitle();
  scrollTo(0, 0);
  if (focus) {
    h1.focus();
  }
  read().then(
    (page) => {
      if (!signal.aborted) {
        lead.textContent = page.lead;
        page.show(place, {signal, every});
      }
    },
    () => place.replaceChildren(face(gone(), () => open(false))),
  );
}

const STATES = {
  GONE: 'Stopped',
  AWAY: 'Service away',
  SIGNED_OUT: 'Signed out',
  NOT_CONFIGURED: 'No access service',
};

let again;

function tell(failure, retry) {
  again = retry;
  // The same trouble again is told once, and keeps its button.
  if (failure && banner.firstElementChild?.dataset.face === failure.face) {
    return;
  }
  const bad = Boolean(failure) && failure.face !== 'NOT_CONFIGURED';
  state.dataset.state = bad ? 'bad' : failure ? 'none' : 'ok';
  state.textContent = failure ? (STATES[failure.face] ?? 'Not connected') : 'Connected';
  document.body.classList.toggle('old', bad);
  banner.replaceChildren(
    bad
      ? h(
          'div.banner',
          {test: 'banner', 'data-face': failure.face, role: 'status'},
          h('b', said(failure.title || state.textContent)),
          failure.advice ? h('span', withCommands(failure.advice)) : null,
          h(
            'span',
            retry ? 'Trying again by itself. ' : '',
            inbox.asOf ? ['What you see is from ', when(inbox.asOf.toISOString(), 'clock'), '.'] : null,
          ),
          retry ? button('Try now', () => again?.(), {test: 'try-now'}) : null,
        )
      : '',
  );
  // A page that could not be read is read when the service is back.
  if (!failure && main.querySelector(':scope > div > .face')) {
    open(false);
  }
}

const THEMES = {auto: 'dark', dark: 'light', light: 'auto'};

function theme() {
  const apply = (name) => {
    document.documentElement.dataset.theme = name;
    sessionStorage.setItem('rolecall.theme', name);
    change.textContent = `Theme: ${name}`;
  };
  const change = button('', () => apply(THEMES[document.documentElement.dataset.theme]), {
    class: 'link',
    test: 'theme',
  });
  apply(
    Object.hasOwn(THEMES, sessionStorage.getItem('rolecall.theme'))
      ? sessionStorage.getItem('rolecall.theme')
      : 'auto',
  );
  return change;
}

const self = h('div');
const demo = h('span');

async function foot() {
  const [about, {caller}] = await Promise.all([call('/api/about', {}, {background: true}), me()]);
  self.replaceChildren(who(caller));
  demo.replaceChildren(about.demo ? h('span.mark.warn', 'demo') : '');
  demo.parentNode.title = plain(`Rolecall ${about.version}`);
}

function navigation() {
  document
    .getElementById('nav')
    .append(
      ...Object.entries(PAGES).map(([name, [text, , drawing]]) =>
        h('a', {href: `#/${name}`, test: `nav-${name}`}, icon(drawing), text, name === 'inbox' ? count : null),
      ),
    );
  document.querySelector('.skip').addEventListener('click', (event) => {
    event.preventDefault();
    main.focus();
  });
}

async function start() {
  // A new link in a tab that is open already changes the fragment alone.
  addEventListener('hashchange', () => location.hash.startsWith('#code=') && location.reload());
  const once = code();
  if (once !== null) {
    key.set((await call('/session', {code: once})).token);
  }
  if (!key.get()) {
    throw new Failure({face: 'NO_KEY'});
  }
  navigation();
  document.getElementById('foot').append(self, state, theme());
  document.querySelector('.brand').append(demo);
  inbox.news.addEventListener('change', tellTitle);
  let waits = false;
  onLine(({path, failure}) => {
    if (failure?.face === 'GONE') {
      tell(failure);
    } else if (failure === null && !waits && path.startsWith('/api/access')) {
      tell(null);
    }
  });
  followRequests((failure, next, retry) => {
    waits = Boolean(failure);
    tell(failure, retry);
    if (!failure) {
      foot().catch(() => {});
    }
  });
  addEventListener('hashchange', () => open(true));
  open(false);
}

start().catch((failure) => {
  document.body.classList.add('shut');
  main.replaceChildren(h('h1', 'Rolecall console'), face(failure));
});
