import { expect, it } from '@jest/globals';
import { AUDIT_EVENTS, auditEventText } from '../../src/console/ui/audit-events.js';

it.each(AUDIT_EVENTS)('%s has words of its own in each language', (event) => {
  const words = [auditEventText(event, 'en'), auditEventText(event, 'de')];
  expect(words).not.toContain(event);
  expect(new Set(words).size).toBe(2);
  for (const language of ['en', 'de'] as const)
    expect(AUDIT_EVENTS.filter((other) => auditEventText(other, language) === auditEventText(event, language))).toEqual(
      [event],
    );
});

it('an event of a later version is shown by its name', () => {
  expect(auditEventText('toString', 'en')).toBe('toString');
});
