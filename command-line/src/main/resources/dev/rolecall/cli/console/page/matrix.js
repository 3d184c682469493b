// Callers by methods: one mark a cell, the arrow keys go from cell to cell, and a click explains.
import {h, plain, said} from './dom.js';

const MARKS = {
  allow: ['✓', 'good', 'allowed'],
  deny: ['·', '', 'refused'],
  needs_grant: ['◷', 'warn', 'needs a grant'],
  depends: ['?', 'warn', 'depends on more'],
  public: ['○', 'good', 'public'],
};

const STEPS = {ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0]};

export function matrix({callers, methods, askCallers, askMethods, matrix: rows}, ask) {
  const cells = rows.map((row, caller) =>
    row.map((it, method) => {
      const [mark, tone, text] = MARKS[it.answer] ?? ['?', '', it.answer];
      const words = plain(`${callers[caller]}, ${methods[method]}: ${text}${it.rule ? `, rule ${it.rule}` : ''}`);
      return h(
        'button',
        {
          type: 'button',
          class: tone,
          title: words,
          'aria-label': words,
          test: 'cell',
          'data-answer': it.answer,
          tabindex: caller + method === 0 ? '0' : '-1',
          // A pattern is asked about with one caller, and one method, that stand for it.
          onclick: () => ask({caller: askCallers[caller], method: askMethods[method]}),
        },
        mark,
      );
    }),
  );
  const table = h(
    'table.matrix',
    {
      test: 'matrix',
      onkeydown: (event) => {
        const step = STEPS[event.key];
        const row = cells.findIndex((it) => it.includes(event.target));
        const next =
          step && row >= 0 ? cells[row + step[0]]?.[cells[row].indexOf(event.target) + step[1]] : undefined;
        if (next) {
          event.preventDefault();
          event.target.tabIndex = -1;
          next.tabIndex = 0;
          next.focus();
        }
      },
    },
    h('caption.unseen', 'Answers by caller and method; the arrow keys move between cells'),
    h(
      'thead',
      h(
        'tr',
        h('th', {scope: 'col'}, 'Caller'),
        methods.map((it) =>
          h('th', {scope: 'col', title: plain(it)}, h('span', said(it.slice(it.lastIndexOf('.') + 1)))),
        ),
      ),
    ),
    h(
      'tbody',
      cells.map((row, at) =>
        h(
          'tr',
          h('th', {scope: 'row'}, said(callers[at])),
          row.map((it) => h('td', it)),
        ),
      ),
    ),
  );
  return [
    h('div.wide', table),
    h(
      'p.hint',
      Object.values(MARKS).map(([mark, tone, text]) => [
        h('span.mark', {class: `mark ${tone}`, 'aria-hidden': 'true'}, mark),
        ` ${text} `,
      ]),
    ),
  ];
}
