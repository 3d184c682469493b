// A vote on a request: yes, less, or no, always with a reason and for what was read.
import {access, Failure} from './api.js';
import {announce, button, h, said} from './dom.js';
import {act, durationField, reasonField} from './form.js';
import {named} from './people.js';
import {refresh, settle, take} from './requests.js';
import {seconds, typed, words} from './time.js';

const wire = (text) => `${typed(text)}s`;

/** The buttons of a request that waits, and the form that each opens in their place. */
export function review(item, self, latest) {
  const place = h('div.review');
  const closed = () => place.replaceChildren(h('div.buttons', item.emergency ? emergency : usual));
  const open = (make, from) => {
    const cancel = () => {
      closed();
      place.querySelector(`[data-testid="${from}"]`).focus();
    };
    place.replaceChildren(make(cancel));
    place.querySelector('textarea').focus();
  };
  const name = named(item.request.beneficiary);
  const vote =
    (decision, kind, verb, extra = () => []) =>
    (cancel) => {
      // What is approved is what was on the screen when the form was opened.
      let {request} = latest();
      return act({
        fields: [reasonField(`Why do you ${decision === 'APPROVE' ? 'approve' : 'deny'} it?`), extra(request)],
        verb,
        kind,
        cancel,
        test: 'review-form',
        send: (data) =>
          send(request, decision, data, self).catch((failure) => {
            // The card shows it as it is now, so the next try is for that.
            request = failure.face === 'CHANGED' ? latest().request : request;
            throw failure;
          }),
      });
    };
  const yes = vote('APPROVE', 'primary', `Approve for ${name}`, less);
  const no = vote('DENY', 'danger', `Deny ${name}`);
  const after = (decision, kind, verb) => (cancel) =>
    act({
      fields: reasonField(),
      verb,
      kind,
      cancel,
      test: 'review-form',
      send: async (data) => {
        await access('ReviewBreakGlass', {grantId: item.request.grantId, decision, reason: data.get('reason')});
        settle(item.request.id, decision === 'FLAGGED' ? 'by you: wrong, and revoked' : 'by you: it was right');
      },
    });
  const usual = [
    button('Approve…', () => open(yes, 'approve'), {class: 'primary', test: 'approve'}),
    button('Deny…', () => open(no, 'deny'), {test: 'deny'}),
  ];
  const emergency = [
    h('p', 'This access was taken in an emergency and holds already. Was it right?'),
    button('It was right…', () => open(after('ACKNOWLEDGED', 'primary', 'It was right'), 'acknowledge'), {
      test: 'acknowledge',
    }),
    button('It was wrong…', () => open(after('FLAGGED', 'danger', 'It was wrong: revoke it'), 'flag'), {
      test: 'flag',
    }),
  ];
  closed();
  return place;
}

function less(request) {
  const most = seconds(request.duration);
  return h(
    'details',
    h('summary', {test: 'less'}, request.extension ? 'Approve less time' : 'Approve less'),
    durationField('For', most, most),
    request.resources.length > 1
      ? h(
          'fieldset',
          h('legend', 'Resources'),
          request.resources.map((it) =>
            h('label.check', h('input', {type: 'checkbox', name: 'resource', value: it, checked: true}), said(it)),
          ),
        )
      : null,
  );
}

async function send(request, decision, data, self) {
  const body = {id: request.id, decision, reason: data.get('reason'), expectedRevision: request.revision};
  if (decision === 'APPROVE') {
    const resources = data.getAll('resource');
    // None would mean all that was asked for.
    if (request.resources.length > 1 && resources.length === 0) {
      throw new Failure({face: 'WRONG', title: 'No resource is left', advice: 'Choose one at least, or deny it.'});
    }
    if (words(seconds(request.duration)) !== data.get('duration')) {
      body.duration = wire(data.get('duration'));
    }
    if (resources.length < request.resources.length && request.resources.length > 1) {
      body.resources = resources;
    }
  }
  try {
    take(await access('ReviewAccess', body), self);
    announce(decision === 'APPROVE' ? 'Your approval counts.' : 'Denied.');
  } finally {
    // Whether it was taken or has changed meanwhile, the card shows it as it is now.
    await refresh({background: true}).catch(() => {});
  }
}
