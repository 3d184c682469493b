// The form that asks for access, within the limits of the permission's rule.
import {access} from './api.js';
import {announce, h, plain, said} from './dom.js';
import {act, choice, durationField, field, input, reasonField} from './form.js';
import {seconds, typed, words} from './time.js';

export function ask(self, done) {
  const offered = [...self.permissions.values()].filter((it) => it.mayRequest);
  if (offered.length === 0) {
    return h('p.none', 'No rule lets you ask for anything.');
  }
  const limits = h('div.stack');
  const pick = choice(
    'permission',
    offered.map((it) => [it.name, it.name]),
    {test: 'permission'},
  );
  const emergency = h('input', {type: 'checkbox', name: 'emergency', test: 'emergency'});
  // One key a request: a second click, or a second try after an outage, asks for the same one.
  let key = crypto.randomUUID();
  const draw = () => {
    // What was typed stays where another limit, or another permission, has the same field.
    const typedIn = [...limits.querySelectorAll('[name=reason], [name=ticket]')].map((it) => [it.name, it.value]);
    limits.replaceChildren(...fieldsOf(self.permissions.get(pick.value), emergency));
    typedIn.forEach(([name, value]) => {
      (limits.querySelector(`[name=${name}]`) ?? {}).value = value;
    });
  };
  pick.addEventListener('change', () => {
    emergency.checked = false;
    draw();
  });
  emergency.addEventListener('change', () => {
    draw();
    emergency.focus();
  });
  draw();
  return h(
    'div.panel',
    act({
      test: 'ask-form',
      verb: 'Ask',
      fields: [field('Permission', pick), limits],
      send: async (data, form) => {
        const startsAt = data.get('start');
        const request = await access('RequestAccess', {
          permission: data.get('permission'),
          duration: `${typed(data.get('duration'))}s`,
          reason: data.get('reason'),
          ticket: data.get('ticket') ?? '',
          resources: [...data.getAll('resource'), ...(data.get('more') ?? '').split(/\s+/).filter(Boolean)],
          breakGlass: emergency.checked,
          idempotencyKey: key,
          ...(startsAt ? {startsAt: new Date(startsAt).toISOString()} : {}),
        });
        key = crypto.randomUUID();
        announce(`Asked for ${request.permission}`);
        const asked = pick.value;
        form.reset();
        pick.value = asked;
        draw();
        await done();
      },
    }),
  );
}

function fieldsOf(rule, emergency) {
  const glass = rule.breakGlassMaxDuration;
  const most = seconds(emergency.checked ? glass : rule.maxDuration);
  const named = rule.resources.filter((it) => !it.includes('*'));
  const patterns = rule.resources.filter((it) => it.includes('*'));
  return [
    h(
      'p.hint',
      {test: 'limits'},
      emergency.checked
        ? 'You get it at once, and people review it afterwards. It is for emergencies alone.'
        : `${rule.quorum} must approve, within ${words(seconds(rule.pendingFor))}; ${words(most)} at most.`,
    ),
    reasonField('Reason', rule.reasonRequired || emergency.checked),
    h(
      'div.row',
      durationField('For', Math.min(most, 3600), most),
      rule.ticketRequired ? field('Ticket', input('ticket', {required: true, test: 'ticket'})) : null,
      seconds(rule.mayScheduleAhead) > 0 && !emergency.checked
        ? field(
            'Start',
            input('start', {type: 'datetime-local'}),
            `Empty for at once; up to ${words(seconds(rule.mayScheduleAhead))} ahead`,
          )
        : null,
    ),
    named.length
      ? h(
          'fieldset',
          h('legend', 'Resources (none for all of it)'),
          named.map((it) =>
            h('label.check', h('input', {type: 'checkbox', name: 'resource', value: it}), said(it)),
          ),
        )
      : null,
    patterns.length
      ? field('More resources', input('more'), `With spaces between; of the form ${patterns.map(plain).join(', ')}`)
      : null,
    glass ? h('label.check', emergency, `Emergency: at once, for ${words(seconds(glass))} at most`) : null,
  ].filter(Boolean);
}
