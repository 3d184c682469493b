// The requests that I may review, followed for as long as the tab lives: every page shows their count.
import {access, all, line} from './api.js';
import {announce} from './dom.js';
import {follow} from './follow.js';
import {me, named, same} from './people.js';

const items = new Map();

export const inbox = {
  items,
  asOf: null,
  failure: null,
  news: new EventTarget(),
  /** Those that wait for me. */
  waiting: () => [...items.values()].filter((it) => it.waits),
};

const changed = () => inbox.news.dispatchEvent(new Event('change'));

/** Takes a newer state of a request; what this page decided or saw decided stays visible. */
export function take(request, self, listed = false) {
  const old = items.get(request.id);
  if (old && Number(old.request.revision) > Number(request.revision)) {
    return;
  }
  const voted = request.reviews.some((it) => same(it.reviewer, self.caller));
  const pending = request.state === 'PENDING';
  const emergency = request.breakGlass && Boolean(request.grantId);
  if (!pending && !emergency && !old) {
    return;
  }
  const waits = emergency ? listed || !old || old.waits : pending && !voted;
  items.set(request.id, {request, voted, emergency, waits, reviewed: old?.reviewed});
}

/** The review afterwards of emergency access is no change of its request, so it is noted here. */
export function settle(id, reviewed) {
  items.set(id, {...items.get(id), waits: false, reviewed});
  changed();
}

/** Takes a decided request off the page. */
export function dismiss(id) {
  items.delete(id);
  changed();
}

export async function refresh(options) {
  const self = await me();
  const [open, pending] = await Promise.all([
    all('ListAccessRequests', {reviewable: true}, 'requests', options),
    all('ListAccessRequests', {states: ['PENDING']}, 'requests', options),
  ]);
  const ids = new Set(open.map((it) => it.id));
  const voted = pending.filter(
    (it) => !ids.has(it.id) && it.reviews.some((each) => same(each.reviewer, self.caller)),
  );
  open.forEach((it) => take(it, self, true));
  voted.forEach((it) => take(it, self));
  const left = [...items.values()].filter((it) => it.waits && !ids.has(it.request.id));
  await Promise.all(
    left.map(({request, emergency}) =>
      emergency
        ? settle(request.id, 'by another reviewer')
        : access('GetAccessRequest', {id: request.id}, options).then((it) => take(it, self)),
    ),
  );
  inbox.asOf = new Date();
  inbox.failure = null;
  changed();
}

async function quietly() {
  try {
    await refresh({background: true});
  } catch (failure) {
    inbox.failure = failure;
    changed();
  }
}

/** Follows them until the page is left; tells how the stream is. */
export function followRequests(onState) {
  // Emergency access that another reviews makes no news of its request.
  setInterval(quietly, 60_000);
  return follow(
    '/api/access/WatchAccessRequests',
    {reviewable: true},
    {
      signal: new AbortController().signal,
      onState: (failure, next, retry) => {
        onState(failure, next, retry);
        if (!failure) {
          quietly();
        }
      },
      onMessage: async (request) => {
        const self = await me();
        const fresh = !items.has(request.id);
        take(request, self);
        inbox.asOf = new Date();
        changed();
        if (fresh && inbox.failure === null && items.has(request.id)) {
          announce(`${named(request.requester)} asks for ${request.permission}`);
        }
      },
    },
  );
}

/** Whether the service answers now, as the last call said. */
export const onLine = (listener) => line.addEventListener('news', ({detail}) => listener(detail));
