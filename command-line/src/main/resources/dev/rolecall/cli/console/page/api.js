// The way to the console's process. Every failure becomes a Failure with a face; every call has an end.

const KEY = 'rolecall.token';

export const key = {
  get: () => sessionStorage.getItem(KEY),
  set: (token) => sessionStorage.setItem(KEY, token),
};

export class Failure extends Error {
  constructor({face, title, message, advice, reason, details}) {
    super(message ?? title);
    Object.assign(this, {face, title, advice, reason, details: details ?? {}});
  }
}

const GONE = {
  face: 'GONE',
  title: 'The console has stopped',
  message: 'Its process on this machine does not answer any more.',
  advice: "Run 'rolecall console' again: it prints a new link.",
};

/** The failure of a console that has stopped. */
export const gone = () => new Failure(GONE);

const late = (limit) => ({
  face: 'AWAY',
  title: 'No answer yet',
  message: `The service did not answer in ${limit / 1000} seconds. What you sent may have been done.`,
  advice: 'Look at the state as it is now before you send it again.',
});

const broken = (message) => ({
  face: 'DEFECT',
  title: 'An answer that makes no sense',
  message,
  advice: 'This is a defect of the console: please report it.',
});

/** Tells of each failure and each answer, so that the page can show how the connection is. */
export const line = new EventTarget();

const tell = (path, failure) => line.dispatchEvent(new CustomEvent('news', {detail: {path, failure}}));

function request(path, body, background, signal) {
  return fetch(path, {
    method: 'POST',
    signal,
    headers: {
      'Content-Type': 'application/json',
      ...(key.get() ? {Authorization: `Bearer ${key.get()}`} : {}),
      ...(background ? {'Rolecall-Background': '1'} : {}),
    },
    body: JSON.stringify(body),
  });
}

const json = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure(broken('What came is no JSON.'));
  }
};

async function refused(response) {
  const answer = json(await response.text());
  return new Failure(answer.failure ?? broken(`The console answered ${response.status}.`));
}

/** One question, one answer; a Failure otherwise, at the latest after the limit. */
export async function call(path, body = {}, {background = false, limit = 15_000, signal} = {}) {
  const clock = AbortSignal.timeout(limit);
  try {
    const response = await request(path, body, background, signal ? AbortSignal.any([clock, signal]) : clock);
    if (!response.ok) {
      throw await refused(response);
    }
    const answer = json(await response.text());
    tell(path, null);
    return answer;
  } catch (thrown) {
    const failure = asFailure(thrown, clock.aborted, limit, signal);
    tell(path, failure);
    throw failure;
  }
}

function asFailure(thrown, isLate, limit, signal) {
  if (thrown instanceof Failure || signal?.aborted) {
    return thrown;
  }
  return new Failure(isLate ? late(limit) : GONE);
}

export const access = (method, body, options) => call(`/api/access/${method}`, body, options);

/** All pages of a list. */
export async function all(method, body, field, options) {
  const items = [];
  let pageToken = '';
  do {
    const page = await access(method, {...body, pageSize: 500, pageToken}, options);
    items.push(...(page[field] ?? []));
    pageToken = page.nextPageToken;
  } while (pageToken && items.length < 5000);
  return items;
}

const SILENCE = 25_000;

/** Reads a stream of one JSON object a line until it ends, which is always a Failure. */
export async function read(path, body, onMessage, onOpen, signal) {
  const silent = new AbortController();
  let alarm;
  const heard = () => {
    clearTimeout(alarm);
    alarm = setTimeout(() => silent.abort(), SILENCE);
  };
  try {
    heard();
    const response = await request(path, body, true, AbortSignal.any([signal, silent.signal]));
    if (!response.ok) {
      throw await refused(response);
    }
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    onOpen();
    tell(path, null);
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      heard();
      const lines = (rest + part.value).split('\n');
      rest = lines.pop();
      for (const text of lines.filter((it) => it.trim() !== '')) {
        const {message, failure} = json(text);
        if (failure) {
          throw new Failure(failure);
        }
        if (message) {
          onMessage(message);
        }
      }
    }
    throw new Failure({face: 'AWAY', title: 'The news has stopped', message: 'The stream has ended.'});
  } catch (thrown) {
    const failure = asFailure(thrown, silent.signal.aborted, SILENCE, signal);
    tell(path, failure);
    throw failure;
  } finally {
    clearTimeout(alarm);
  }
}
