import { describe, expect, it } from '@jest/globals';
import { ERROR_CODES, type ErrorCode } from '../../../src/domain/error-codes.js';
import { GERMAN_MESSAGES } from '../../../src/http/gateway/german-messages.js';
import { gatewayStatus } from '../../../src/http/gateway/json-envelope.js';

const CODES = Object.keys(ERROR_CODES) as ErrorCode[];

describe('Messages of the JSON envelope (PunchOut Session API)', () => {
  it("PunchFlow's own texts", () => {
    expect([GERMAN_MESSAGES.INVALID_CREDENTIALS, GERMAN_MESSAGES.SESSION_EXPIRED, GERMAN_MESSAGES.INVALID_XML]).toEqual(
      ['Die Anmeldedaten sind ungültig', 'Die Session ist abgelaufen', 'Das XML-Dokument ist ungültig'],
    );
  });

  it.each(CODES)("%s has its own German text in PunchFlow's style: without a full stop", (code) => {
    expect(GERMAN_MESSAGES[code]).toMatch(/^[A-ZÄÖÜ].*[^.\s]$/);
    expect(CODES.filter((other) => GERMAN_MESSAGES[other] === GERMAN_MESSAGES[code])).toEqual([code]);
  });

  it('a refusal is never a success', () => {
    expect(CODES.filter((code) => gatewayStatus(code) < 400)).toEqual([]);
  });
});
