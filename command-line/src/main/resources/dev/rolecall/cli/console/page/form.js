// Forms that say what is wrong before they send, and dialogs that hold them.
import {button, h} from './dom.js';
import {face} from './face.js';
import {typed, words} from './time.js';

let ids = 0;

/** A labelled control, with a hint that belongs to it. */
export function field(label, control, hint) {
  ids += 1;
  control.id = `field-${ids}`;
  if (hint) {
    control.setAttribute('aria-describedby', `${control.id}-hint`);
  }
  return h(
    'div.field',
    h('label', {for: control.id}, label),
    control,
    hint ? h('small', {id: `${control.id}-hint`}, hint) : null,
  );
}

export const input = (name, props = {}) => h('input', {name, autocomplete: 'off', spellcheck: 'false', ...props});

export const choice = (name, options, props = {}) =>
  h(
    'select',
    {name, ...props},
    options.map(([value, text]) => h('option', {value}, text)),
  );

/** A reason of 1 to 2,000 characters. */
export function reasonField(label = 'Reason', required = true) {
  const area = h('textarea', {name: 'reason', rows: 2, maxlength: 2000, required, test: 'reason'});
  area.addEventListener('input', () => {
    area.setCustomValidity(
      required && area.value !== '' && area.value.trim() === '' ? 'Give a reason in words.' : '',
    );
  });
  return field(label, area, required ? null : 'May be left out');
}

/** A duration in words, of at most so many seconds. */
export function durationField(label, initial, most) {
  const box = input('duration', {required: true, value: words(initial), test: 'duration'});
  const check = () => {
    const span = typed(box.value);
    const wrong = Number.isNaN(span)
      ? 'Write it such as 45 min or 1 h 30 min.'
      : span <= 0 || span > most
        ? `At most ${words(most)}, and more than nothing.`
        : '';
    box.setCustomValidity(wrong);
  };
  box.addEventListener('input', check);
  check();
  return field(label, box, `Such as 45 min or 1 h 30 min; at most ${words(most)}`);
}

/**
 * A form that ends in one act. While it sends, nothing can be sent twice; a failure is shown in the
 * form and what was typed stays.
 */
export function act({fields, verb, kind = 'primary', send, cancel, test = 'act'}) {
  const problem = h('div');
  const go = h('button', {type: 'submit', class: kind, test: 'confirm'}, verb);
  const form = h(
    'form',
    {
      test,
      onsubmit: async (event) => {
        event.preventDefault();
        go.disabled = true;
        go.textContent = 'Sending…';
        problem.replaceChildren();
        try {
          await send(new FormData(form), form);
        } catch (failure) {
          problem.replaceChildren(face(failure));
        } finally {
          go.disabled = false;
          go.textContent = verb;
        }
      },
      onkeydown: (event) => {
        if (event.key === 'Escape' && cancel) {
          event.stopPropagation();
          cancel();
        }
      },
    },
    fields,
    problem,
    h('div.buttons', go, cancel ? button('Cancel', cancel, {test: 'cancel'}) : null),
  );
  // A field that is wrong is shown, also where it was folded away.
  form.addEventListener('invalid', (event) => event.target.closest('details')?.setAttribute('open', ''), true);
  return form;
}

/** A dialog that keeps the focus and gives it back. Returns what closes it, and its place for content. */
export function dialog(title, make) {
  const place = h('div');
  const box = h('dialog', {'aria-label': title, test: 'dialog'}, h('h2', title), place);
  const close = () => box.close();
  box.addEventListener('close', () => box.remove());
  place.append(...[make({close, place})].flat());
  document.body.append(box);
  box.showModal();
  (box.querySelector('textarea, input, select') ?? box.querySelector('button'))?.focus();
  return box;
}
