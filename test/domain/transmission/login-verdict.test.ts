import { describe, expect, it } from '@jest/globals';
import { loginVerdict } from '../../../src/domain/transmission/transmission-rules.js';
import {
  TRANSMISSION_STATUSES,
  type Transmission,
  type TransmissionStatus,
} from '../../../src/domain/transmission/transmission.js';

function transmission(status: TransmissionStatus, startExpired = false): Transmission {
  const at = new Date('2024-01-15T11:30:00Z');
  return {
    tenantId: 'demo',
    transmissionId: 'demo_x',
    connectionId: 'c',
    protocol: 'cxml',
    operation: 'create',
    status,
    startExpired,
    epoch: 0,
    cartRevision: 0,
    request: { deploymentMode: 'test', buyer: {}, extrinsics: [], items: [] },
    buyerCookie: '',
    returnUrl: 'https://erp.company.com/',
    createdAt: at,
    startExpiresAt: at,
    expiresAt: at,
    absoluteExpiresAt: at,
  };
}

const verdict = (status: TransmissionStatus, tokenFits: boolean, isOwn = false, startExpired = false): string => {
  const outcome = loginVerdict(transmission(status, startExpired), { tokenFits, isOwn });
  return outcome.ok ? outcome.value : outcome.refusal.code;
};

describe('loginVerdict (architecture.md decision 2)', () => {
  it.each<[TransmissionStatus, string]>([
    ['open', 'claim'],
    ['active', 'START_LINK_USED'],
    ['transferred', 'SESSION_TRANSFERRED'],
    ['order_created', 'ORDER_CREATED'],
    ['closed', 'SESSION_CLOSED'],
    ['cancelled', 'SESSION_CANCELLED'],
    ['expired', 'SESSION_EXPIRED'],
  ])('%s with the right token: %s', (status, wanted) => {
    expect(verdict(status, true)).toBe(wanted);
  });

  it('a wrong token reveals nothing about the status', () => {
    expect(TRANSMISSION_STATUSES.map((status) => verdict(status, false))).toEqual(
      TRANSMISSION_STATUSES.map(() => 'START_TOKEN_INVALID'),
    );
  });

  it('a live session resumes in its own browser without a token; an ended session does not', () => {
    expect([verdict('active', false, true), verdict('active', true, true)]).toEqual(['resume', 'resume']);
    expect(verdict('transferred', true, true)).toBe('SESSION_TRANSFERRED');
    expect(verdict('open', false, true)).toBe('START_TOKEN_INVALID');
  });

  it('an unused expired start link; details as PunchFlow shows them', () => {
    expect(verdict('open', true, false, true)).toBe('SESSION_EXPIRED');
    expect(loginVerdict(transmission('expired'), { tokenFits: true, isOwn: false })).toMatchObject({
      refusal: { details: { session_id: 'demo_x', expired_at: '2024-01-15T11:30:00.000Z' } },
    });
  });
});
