// Tables that become cards in narrow windows, and sections that hold them.
import {h, keep} from './dom.js';

/** A table of columns [name, cell(row)]; show(rows) draws only what changed. */
export function table(caption, columns, key, {test, none}) {
  const body = h('tbody', {role: 'rowgroup'});
  const empty = h('p.none', none);
  const grid = h(
    'table',
    {role: 'table'},
    h('caption.unseen', caption),
    h(
      'thead',
      {role: 'rowgroup'},
      h(
        'tr',
        {role: 'row'},
        columns.map(([name]) => h('th', {scope: 'col', role: 'columnheader'}, name || h('span.unseen', 'Actions'))),
      ),
    ),
    body,
  );
  const row = (item) =>
    h(
      'tr',
      {role: 'row', test, 'data-id': key(item)},
      columns.map(([name, cell]) => h('td', {role: 'cell', 'data-label': name}, cell(item))),
    );
  return {
    element: h('div', grid, empty),
    show: (items) => {
      grid.hidden = items.length === 0;
      empty.hidden = items.length > 0;
      keep(body, items, key, row);
    },
  };
}

export const part = (title, ...content) => h('section.part', h('h2', title), content);

/** Names and values, those without a value left out. */
export const facts = (...pairs) =>
  h(
    'dl.facts',
    pairs.filter(([, value]) => value).map(([name, value]) => h('div', h('dt', name), h('dd', value))),
  );
