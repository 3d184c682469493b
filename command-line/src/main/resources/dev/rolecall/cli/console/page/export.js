// All records that match, as a file: CSV for sheets, JSON lines for programs.
import {access} from './api.js';
import {button, h} from './dom.js';
import {face} from './face.js';

// A sheet takes a text that begins so for a formula: a quote keeps it a text.
const cell = (value) => {
  const text = String(value ?? '');
  const safe = /^[\s]*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
};

const HEAD = 'revision,at,kind,ref,actor,person,body\r\n';

const csv = (it) =>
  `${[it.revision, it.at, it.kind, it.ref, it.actor?.principal, it.actor?.person, it.body].map(cell).join(',')}\r\n`;

const jsonLine = (it) => `${JSON.stringify(it)}\n`;

function download(parts, name, type) {
  const address = URL.createObjectURL(new Blob(parts, {type}));
  h('a', {href: address, download: name}).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** The buttons; the export ends with the page, or when it is cancelled. */
export function exporting(query, page) {
  const place = h('span.buttons');
  const rest = () =>
    place.replaceChildren(
      button('Export CSV', () => run('csv', csv, [HEAD], 'text/csv'), {test: 'export-csv'}),
      button('Export JSON lines', () => run('jsonl', jsonLine, [], 'application/jsonl'), {test: 'export-json'}),
    );
  async function run(ending, line, parts, type) {
    const stop = new AbortController();
    const signal = AbortSignal.any([page, stop.signal]);
    const progress = h('span', {role: 'status'}, 'Reading…');
    place.replaceChildren(
      progress,
      button('Cancel', () => stop.abort(), {test: 'export-cancel'}),
    );
    const wanted = query();
    let pageToken = '';
    let count = 0;
    try {
      do {
        const answer = await access('ListEvents', {...wanted, pageSize: 500, pageToken}, {signal});
        parts.push(answer.events.map(line).join(''));
        count += answer.events.length;
        progress.textContent = `${count.toLocaleString()} records…`;
        pageToken = answer.nextPageToken;
      } while (pageToken);
      download(parts, `rolecall-activity.${ending}`, type);
      rest();
    } catch (failure) {
      rest();
      if (!signal.aborted) {
        place.append(face(failure));
      }
    }
  }
  rest();
  return place;
}
