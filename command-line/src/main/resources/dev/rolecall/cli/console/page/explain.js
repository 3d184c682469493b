// One question to a policy: would this caller be let through to this method, and why.
import {call} from './api.js';
import {button, h, said} from './dom.js';
import {act, field, input} from './form.js';

const list = (id) => h('datalist', {id});
const options = (values) => values.map((value) => h('option', {value}));

/** The form, and ask() which fills and sends it. */
export function explaining(text, goTo) {
  const callers = list('callers');
  const methods = list('methods');
  const caller = input('caller', {required: true, list: 'callers', test: 'explain-caller'});
  const method = input('method', {required: true, list: 'methods', test: 'explain-method'});
  const answer = h('div', {role: 'status', test: 'explained'});
  const form = act({
    test: 'explain-form',
    verb: 'Explain',
    fields: [
      field('Caller', caller, 'An ARN of a role, as the policy sees it'),
      field('Method', method, 'Such as /orders.v1.Orders/Get'),
      h(
        'details',
        h('summary', 'More about the call'),
        h(
          'div.stack',
          field('Address', input('address')),
          field('Grants held', input('grants'), 'Permissions, with commas'),
          field('Headers', input('headers'), 'Such as x-region=eu, x-tier=gold'),
        ),
      ),
      callers,
      methods,
    ],
    send: async (data) => {
      const parts = (name) =>
        data
          .get(name)
          .split(',')
          .map((it) => it.trim())
          .filter(Boolean);
      const pairs = parts('headers').map((it) => [it.split('=')[0], it.slice(it.indexOf('=') + 1)]);
      const result = await call('/api/policy/explain', {
        text: text(),
        caller: data.get('caller'),
        method: data.get('method'),
        grants: parts('grants'),
        ...(data.get('address') ? {address: data.get('address')} : {}),
        headers: Object.fromEntries(pairs),
      });
      answer.replaceChildren(...verdict(result, goTo));
    },
  });
  return {
    element: h('section.panel.stack', h('h2', 'Explain'), form, answer),
    offer: (read) => {
      callers.replaceChildren(...options(read.callers ?? []));
      methods.replaceChildren(...options(read.methods ?? []));
    },
    ask: (question) => {
      caller.value = question.caller;
      method.value = question.method;
      form.requestSubmit();
      form.scrollIntoView({block: 'nearest'});
    },
  };
}

const group = (name, items) =>
  items?.length
    ? [
        h('h3', name),
        h(
          'ul',
          items.map((it) => h('li', said(it))),
        ),
      ]
    : [];

const verdict = (it, goTo) => [
  h(
    'p',
    h(
      'span',
      {class: it.allowed ? 'mark good' : 'mark bad', test: 'verdict'},
      it.public ? 'public' : it.allowed ? 'allowed' : 'refused',
    ),
  ),
  h('p', said(it.sentence)),
  it.rule
    ? h(
        'p',
        'Rule ',
        h('b', said(it.rule)),
        ' ',
        it.line ? button(`line ${it.line}`, () => goTo(it.line), {class: 'link'}) : '',
      )
    : '',
  ...group('It needs', it.needs),
  ...group('Rules that come near', it.near),
  ...group('What would change the answer', it.changes),
];
