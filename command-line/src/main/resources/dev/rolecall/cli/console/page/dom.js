// Elements without markup: every text becomes a text node, so no text can become an element.

const isProps = (it) => it?.constructor === Object;

/** An element such as h('p.hint', {title: 'x'}, 'text', child). A function is a listener. */
export function h(name, ...rest) {
  const [tag, ...classes] = name.split('.');
  const element = document.createElement(tag);
  element.classList.add(...classes);
  const props = isProps(rest[0]) ? rest.shift() : {};
  for (const [key, value] of Object.entries(props)) {
    if (typeof value === 'function') {
      element.addEventListener(key.slice(2), value);
    } else if (key === 'test') {
      element.dataset.testid = value;
    } else if (key === 'value') {
      element.value = value;
    } else if (value !== false && value !== undefined && value !== null) {
      element.setAttribute(key, value === true ? '' : value);
    }
  }
  element.append(...rest.flat(5).filter((it) => it !== null && it !== undefined && it !== false));
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/** A drawing of one line, for eyes alone. */
export function icon(path) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

export const button = (text, onclick, props = {}) => h('button', {type: 'button', onclick, ...props}, text);

// Characters that no reader sees, or that change the order of what a reader sees.
const UNSEEN =
  /(?![\n\t\ufe0e\ufe0f])[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;

const escape = (it) => {
  const hex = it.codePointAt(0).toString(16).padStart(4, '0');
  return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex}`;
};

/** A foreign text for titles and labels, its unseen characters escaped. */
export const plain = (text) => String(text ?? '').replace(UNSEEN, escape);

/** A foreign text: apart from the text around it, its unseen characters as marked escapes. */
export function said(text) {
  const bdi = h('bdi.said');
  const all = String(text ?? '');
  let from = 0;
  for (const found of all.matchAll(UNSEEN)) {
    bdi.append(all.slice(from, found.index), h('span.esc', {title: 'an unseen character'}, escape(found[0])));
    from = found.index + found[0].length;
  }
  bdi.append(all.slice(from));
  return bdi;
}

const LONG = 320;

/** A foreign text that may be long: its beginning, and all of it on demand. */
export function quote(text) {
  const all = Array.from(String(text ?? ''));
  const lines = all.filter((it) => it === '\n').length;
  if (all.length <= LONG && lines < 6) {
    return h('blockquote', said(text));
  }
  const short = all.slice(0, LONG).join('').split('\n').slice(0, 5).join('\n');
  const shown = h('span', said(short), '…');
  const more = `Show all ${all.length.toLocaleString()} characters`;
  const toggle = button(
    more,
    () => {
      const open = toggle.getAttribute('aria-expanded') === 'true';
      toggle.setAttribute('aria-expanded', String(!open));
      toggle.textContent = open ? more : 'Show less';
      shown.replaceChildren(...(open ? [said(short), '…'] : [said(text)]));
    },
    {class: 'link', 'aria-expanded': 'false', test: 'show-all'},
  );
  return h('blockquote', shown, ' ', toggle);
}

/** Tells those who hear the page of a change, once. */
export function announce(text) {
  document.getElementById('said').textContent = plain(text);
}

const drawn = new WeakMap();

/** Makes the children of a parent those of the items, by key; what did not change stays as it is. */
export function keep(parent, items, key, draw) {
  const last = drawn.get(parent) ?? new Map();
  const next = new Map();
  let before = null;
  for (const item of items) {
    const id = key(item);
    const json = JSON.stringify(item);
    const old = last.get(id);
    const element = old?.json === json ? old.element : draw(item, old?.element);
    next.set(id, {json, element});
    if (old && old.element !== element) {
      swap(old.element, element);
    }
    const place = before ? before.nextSibling : parent.firstChild;
    if (place !== element) {
      parent.insertBefore(element, place);
    }
    before = element;
  }
  while (before ? before.nextSibling : parent.firstChild) {
    (before ? before.nextSibling : parent.firstChild).remove();
  }
  drawn.set(parent, next);
}

// The focus goes on to the same control of the new element.
function swap(old, element) {
  const test = old.contains(document.activeElement) ? document.activeElement.dataset.testid : null;
  old.replaceWith(element);
  if (test) {
    element.querySelector(`[data-testid="${test}"]`)?.focus();
  }
}
