import { describe, expect, it } from '@jest/globals';
import { newTransmissionId, quoteIdOf, transmissionKeyOf } from '../../../src/domain/transmission/transmission.js';

describe('transmission ids', () => {
  it('contain their tenant, and are unique', () => {
    const ids = Array.from({ length: 2000 }, () => newTransmissionId('acme'));
    expect(new Set(ids).size).toBe(2000);
    for (const id of ids) expect(transmissionKeyOf(id)).toEqual({ tenantId: 'acme', transmissionId: id });
  });

  it('use the whole alphabet in every place: 130 bits', () => {
    const letters = new Set(Array.from({ length: 200 }, () => newTransmissionId('acme').slice(5)).join(''));
    expect([...letters].toSorted().join('')).toBe('234567abcdefghijklmnopqrstuvwxyz');
  });

  it.each([
    '',
    'acme',
    'acme_',
    '_aaaaaaaaaaaaaaaaaaaaaaaaaa',
    `acme_${'a'.repeat(25)}`,
    `acme_${'a'.repeat(27)}`,
    `acme_${'A'.repeat(26)}`,
    `acme_${'1'.repeat(26)}`,
    `ACME_${'a'.repeat(26)}`,
    `ac_${'a'.repeat(26)}`,
    `1acme_${'a'.repeat(26)}`,
    `acme_${'a'.repeat(26)}\n`,
    ` acme_${'a'.repeat(26)}`,
    `acme_${'a'.repeat(25)}\u0000`,
  ])('%j is malformed', (id) => {
    expect(transmissionKeyOf(id)).toBeUndefined();
  });

  it("the quote id fits OCI's 35 characters", () => {
    const transmissionId = newTransmissionId('a'.repeat(16));
    expect(quoteIdOf({ tenantId: 'a'.repeat(16), transmissionId })).toMatch(/^[a-z2-7]{26}$/);
  });
});
