import { describe, expect, it } from '@jest/globals';
import { ERROR_CODES, type ErrorCode, SENTENCES } from '../../../src/domain/error-codes.js';
import { FAMILIES, statusOf } from '../../../src/http/error-statuses.js';

const CODES = Object.keys(ERROR_CODES) as ErrorCode[];

describe('Messages of the JSON envelope (PunchOut Session API)', () => {
  it("PunchFlow's own texts", () => {
    expect([SENTENCES.INVALID_CREDENTIALS.de, SENTENCES.SESSION_EXPIRED.de, SENTENCES.INVALID_XML.de]).toEqual([
      'Die Anmeldedaten sind ungültig',
      'Die Session ist abgelaufen',
      'Das XML-Dokument ist ungültig',
    ]);
  });

  it.each(CODES)("%s has its own German text in PunchFlow's style: without a full stop", (code) => {
    expect(SENTENCES[code].de).toMatch(/^[A-ZÄÖÜ].*[^.\s]$/);
    expect(CODES.filter((other) => SENTENCES[other].de === SENTENCES[code].de)).toEqual([code]);
  });

  it.each(FAMILIES)('%s: a refusal is never a success', (family) => {
    expect(CODES.filter((code) => statusOf(family, code) < 400)).toEqual([]);
  });
});
