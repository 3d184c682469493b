// A policy read, asked and tried. Nothing is saved: the text lives in this tab alone.
import {call} from './api.js';
import {button, h, said} from './dom.js';
import {explaining} from './explain.js';
import {face, load} from './face.js';
import {input} from './form.js';
import {matrix} from './matrix.js';
import {part, table} from './table.js';
import {when} from './time.js';

export const lead =
  'See what a policy says before it is in force. Nothing is saved anywhere: the text stays in this tab.';

// The text outlives a look at another page, and nothing else.
let text = null;

export function show(place, {signal}) {
  return load(place, async () => {
    text ??= (await call('/api/about', {}, {signal})).policy?.text ?? '';
    const problems = h('ul.plain', {test: 'problems'});
    const result = h('div');
    const tried = h('div');
    const explain = explaining(() => text, goTo);
    const {editor, area} = editing(() => later());
    let timer;
    let asked = 0;
    const later = () => {
      text = area.value;
      clearTimeout(timer);
      timer = setTimeout(read, 400);
    };
    signal.addEventListener('abort', () => clearTimeout(timer));
    function goTo(line) {
      const start =
        area.value
          .split('\n')
          .slice(0, line - 1)
          .join('\n').length + (line > 1 ? 1 : 0);
      area.focus();
      area.setSelectionRange(start, start + (area.value.split('\n')[line - 1] ?? '').length);
      area.scrollTop = (line - 5) * 19.5;
    }
    const read = async () => {
      asked += 1;
      const mine = asked;
      if (text.trim() === '') {
        problems.replaceChildren();
        result.replaceChildren(h('p.none.part', 'Open a file or paste a policy to see its rules.'));
        return;
      }
      try {
        const answer = await call('/api/policy/read', {text}, {signal});
        if (mine === asked) {
          problems.replaceChildren(...answer.problems.map((it) => problem(it, goTo)));
          result.replaceChildren(...(answer.rules ? results(answer, explain, goTo) : []));
          explain.offer(answer);
        }
      } catch (failure) {
        if (mine === asked && !signal.aborted) {
          problems.replaceChildren(h('li', face(failure, read)));
        }
      }
    };
    const open = h('input', {
      type: 'file',
      accept: '.yaml,.yml,.json',
      test: 'policy-file',
      'aria-label': 'Open a policy file',
      onchange: async () => {
        area.value = await open.files[0].text();
        area.dispatchEvent(new Event('input'));
      },
    });
    const attempt = button(
      'Try against the last hour',
      () => load(tried, async () => differences(await call('/api/policy/try', {text}, {signal, limit: 30_000}))),
      {test: 'try'},
    );
    area.value = text;
    area.dispatchEvent(new Event('input'));
    return [
      h('div.two', h('div.stack', open, editor, h('div', {role: 'status'}, problems)), explain.element),
      result,
      part(
        'The last hour',
        h('p.hint', 'Asks this policy about the calls that the connected server saw.'),
        attempt,
        tried,
      ),
    ];
  });
}

function editing(changed) {
  const numbers = h('pre', {'aria-hidden': 'true'});
  const area = h('textarea.code', {
    'aria-label': 'Policy',
    test: 'policy-text',
    spellcheck: 'false',
    wrap: 'off',
    placeholder: 'Paste a policy here',
    oninput: () => {
      const count = area.value.split('\n').length;
      numbers.textContent = Array.from({length: count}, (_, at) => at + 1).join('\n');
      changed();
    },
    onscroll: () => {
      numbers.scrollTop = area.scrollTop;
    },
  });
  return {area, editor: h('div.editor', numbers, area)};
}

const problem = (it, goTo) =>
  h(
    'li',
    {test: 'problem', 'data-line': it.line},
    h('span.mark', {class: it.severity === 'ERROR' ? 'mark bad' : 'mark warn'}, it.severity.toLowerCase()),
    ' ',
    it.line ? button(`line ${it.line}`, () => goTo(it.line), {class: 'link'}) : null,
    ' ',
    said(it.message),
  );

function results(answer, explain, goTo) {
  const rules = table(
    'Rules',
    [
      [
        'Rule',
        (it) => [
          h('b', said(it.name)),
          h(
            'div',
            h('span', {class: it.section === 'deny' ? 'mark bad' : 'mark good'}, it.section),
            ' ',
            it.line ? button(`line ${it.line}`, () => goTo(it.line), {class: 'link'}) : null,
          ),
        ],
      ],
      ['Callers', (it) => it.principals.map((each) => h('div', said(each)))],
      ['Methods', (it) => it.paths.map((each) => h('div', h('code', said(each))))],
      [
        'Conditions',
        (it) => [
          it.conditions ? said(it.conditions) : null,
          it.grant ? h('div', 'needs a grant of ', h('code', said(it.grant))) : null,
        ],
      ],
    ],
    (it) => `${it.section} ${it.line} ${it.name}`,
    {test: 'rule', none: 'The policy has no rules: it refuses every call.'},
  );
  rules.show(answer.rules);
  return [
    part(
      'Callers and methods',
      answer.matrix ? matrix(answer, explain.ask) : h('p.none', 'There are too many of them for a table.'),
    ),
    answer.public?.length
      ? part(
          'Public methods',
          h(
            'p',
            answer.public.map((it) => [h('code', said(it)), ' ']),
          ),
        )
      : null,
    part('Rules', rules.element),
  ].filter(Boolean);
}

/** Whether a change opens more than before, or less. */
const direction = (it) =>
  it.effect === 'loosens' ? h('ins.mark.warn', 'loosens') : h('del.mark.bad', 'tightens');

function differences(answer) {
  const changes = table(
    'Changes',
    [
      ['', direction],
      ['Caller', (it) => (it.caller ? said(it.caller) : 'anyone')],
      ['Method', (it) => h('code', said(it.method))],
      [
        'Before and after',
        (it) => [said(it.before), ' → ', h('b', said(it.after)), h('div', h('small', said(it.why)))],
      ],
      ['Calls', (it) => [Number(it.count).toLocaleString(), h('div', h('small', when(it.last)))]],
    ],
    (it) => `${it.caller} ${it.method} ${it.before} ${it.after}`,
    {test: 'change', none: 'No call would be decided otherwise.'},
  );
  changes.show(answer.changes);
  return [
    h(
      'p',
      {test: 'tried', role: 'status'},
      `${Number(answer.calls).toLocaleString()} calls since `,
      when(answer.since),
      `: ${answer.asked} kinds asked, ${answer.undecided} undecided, ${answer.uncounted} not counted.`,
    ),
    changes.element,
  ];
}
