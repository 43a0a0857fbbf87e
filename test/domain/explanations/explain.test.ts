import { describe, expect, it } from '@jest/globals';
import { CONNECTION_SCHEMA } from '../../../src/config/connection-settings.js';
import { PROFILE_NAMES } from '../../../src/domain/access/connection.js';
import { ERROR_CODES } from '../../../src/domain/error-codes.js';
import { EXPLAINED_NAMES, explain } from '../../../src/domain/explanations/explain.js';
import { FINDING_CODES } from '../../../src/domain/transmission/finding-codes.js';

describe('the catalogue of explanations', () => {
  it('has every code, finding and profile in both languages, each with a meaning of its own', () => {
    expect(EXPLAINED_NAMES).toHaveLength(Object.keys(ERROR_CODES).length + FINDING_CODES.length + PROFILE_NAMES.length);
    expect(new Set(EXPLAINED_NAMES).size).toBe(EXPLAINED_NAMES.length);
    const meanings = (['en', 'de'] as const).flatMap((language) =>
      EXPLAINED_NAMES.map((name) => explain(name, language)?.meaning ?? ''),
    );
    expect(new Set(meanings).size).toBe(meanings.length);
    expect(meanings.filter((text) => text.length < 25)).toEqual([]);
  });

  it.each(EXPLAINED_NAMES)('%s: whole sentences that name no cause that only we know', (name) => {
    for (const language of ['en', 'de'] as const) {
      const { meaning, remedy, basis = 'None.' } = explain(name, language) ?? { meaning: '', remedy: '' };
      for (const text of [meaning, remedy, basis]) {
        expect(text).toMatch(/[^.][.!]$/);
        expect(text).not.toMatch(/architecture\.md|src\/|undefined| {2}/);
        expect(text.length).toBeLessThan(450);
      }
    }
  });

  it('English is not German, and the other way round', () => {
    for (const name of EXPLAINED_NAMES) {
      const [english, german] = [explain(name, 'en')?.remedy ?? '', explain(name, 'de')?.remedy ?? ''];
      expect([name, english.match(/\b(und|oder|nicht|der|die)\b/)?.[0] ?? null]).toEqual([name, null]);
      expect([name, /\b(the|and|not|of)\b/.exec(german)?.[0] ?? null]).toEqual([name, null]);
    }
  });

  it.each(PROFILE_NAMES)('%s: two to five steps that say where the values are entered, and their source', (name) => {
    const [english, german] = (['en', 'de'] as const).map((language) => explain(name, language)?.setup);
    expect(german?.steps).toHaveLength(english?.steps.length ?? 0);
    for (const setup of [english, german]) {
      expect(setup?.steps.length).toBeGreaterThanOrEqual(2);
      expect(setup?.steps.length).toBeLessThanOrEqual(5);
      for (const text of [...(setup?.steps ?? []), setup?.basis ?? '']) {
        expect(text).toMatch(/[^.][.!]$/);
        expect(text.length).toBeLessThan(250);
      }
    }
    expect(english?.steps.join(' ')).not.toMatch(/\b(und|oder|nicht|der|die)\b/);
    expect(german?.steps.join(' ')).not.toMatch(/\b(the|and|not|of)\b/);
  });

  it('only profiles have steps; those of a platform without public documents are the steps of its protocol', () => {
    expect(EXPLAINED_NAMES.filter((name) => explain(name, 'en')?.setup !== undefined)).toEqual(PROFILE_NAMES);
    for (const name of ['workday', 'ivalua', 'proactis', 'jaggaer']) {
      expect(explain(name, 'en')?.setup?.steps).toEqual(explain('generic-cxml', 'en')?.setup?.steps);
      expect(explain(name, 'en')?.setup?.basis).toMatch(/The same for every platform .* not public/);
    }
  });

  it('every setting that a remedy names exists', () => {
    const known = JSON.stringify(CONNECTION_SCHEMA);
    for (const setting of ['returnOrigins', 'frameAncestors', 'allowedAddresses', 'startLinkSeconds', 'idleMinutes'])
      expect(known).toContain(`"${setting}"`);
    for (const setting of ['absoluteMinutes', 'requestsPerMinute', 'continuePage', 'onActiveSession', 'units'])
      expect(known).toContain(`"${setting}"`);
    for (const setting of ['defaultClassification', 'operationAllowed', 'allowGet', 'templateUsers', 'promotions'])
      expect(known).toContain(`"${setting}"`);
  });

  it('a name may be written in any letter case, with - or _', () => {
    expect(explain('return-url-refused', 'en')?.name).toBe('RETURN_URL_REFUSED');
    expect(explain('SAP_OCI4', 'de')).toMatchObject({ kind: 'profile', name: 'sap-oci4', basis: expect.any(String) });
    expect(explain('unit_unknown', 'en')).toMatchObject({ kind: 'finding', name: 'UNIT_UNKNOWN' });
    expect(explain('constructor', 'en')).toBeUndefined();
  });
});
