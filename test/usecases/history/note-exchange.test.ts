import { describe, expect, it, jest } from '@jest/globals';
import type { Tenant } from '../../../src/domain/access/tenant.js';
import type { ErrorCode } from '../../../src/domain/error-codes.js';
import type { NewMessage } from '../../../src/ports/transmission/message-log.js';
import { type Exchange, noteExchange } from '../../../src/usecases/history/note-exchange.js';
import { connectionOf } from '../../contracts/connection-repository.contract.js';

/** Counts what is written, and how often a document is computed. */
function started(tenants: Tenant[] = []): {
  note: (attempt: Partial<Exchange> & { code?: ErrorCode; bytes?: number }) => Promise<void>;
  written: NewMessage[];
  counted: ErrorCode[];
  logged: Record<string, unknown>[];
  redactions: () => number;
  bytes: () => number;
} {
  const written: NewMessage[] = [];
  const logged: Record<string, unknown>[] = [];
  let redactions = 0;
  const counted: ErrorCode[] = [];
  const noted = noteExchange({
    refused: (code) => void counted.push(code),
    messages: { note: (message) => void written.push(message) },
    connections: {
      findByCredential: async ({ identity }) => [
        { connection: connectionOf('firma', identity, {}), identity, secretHashes: [] },
      ],
    },
    tenants: { find: async () => undefined, list: async () => tenants },
    log: { warn: (facts) => void logged.push(facts as Record<string, unknown>) },
  });
  return {
    written,
    counted,
    logged,
    redactions: () => redactions,
    bytes: () => written.reduce((sum, message) => sum + JSON.stringify(message).length, 0),
    note({ code = 'INVALID_CREDENTIALS', bytes = 1_000, ...attempt }) {
      const content = () => ((redactions += 1), 'x'.repeat(bytes));
      return noted({
        at: new Date(),
        received: { kind: 'PunchOutSetupRequest', contentType: 'text/xml', content, size: bytes },
        answered: { kind: 'Response', contentType: 'text/xml', content: () => 'no', size: 2 },
        names: [{ kind: 'cxml', domain: 'd', identity: 'known' }],
        address: '203.0.113.9',
        seenAddress: '203.0.113.9',
        reference: 'ABCDEFGHJK',
        refusal: { code },
        ...attempt,
      });
    },
  };
}

describe('what unidentified callers leave in the message log', () => {
  it('10,000 wrong secrets for a known name leave 5 exchanges, and are redacted only 5 times', async () => {
    const { note, written, redactions, counted } = started();
    for (let index = 0; index < 10_000; index += 1) await note({});
    expect([written.length, redactions(), counted.length]).toEqual([10, 5, 10_000]);
  });

  it('10,000 kinds of unknown documents do not leave a count each', async () => {
    jest.useFakeTimers();
    try {
      const { note, written } = started();
      for (let index = 0; index < 10_000; index += 1) {
        const received = { kind: `Kind${index}`, contentType: 'text/xml', content: () => 'x', size: 1 };
        await note({ received, code: 'OPERATION_NOT_SUPPORTED' });
      }
      jest.advanceTimersByTime(61_000);
      const numbers = written.filter(({ kind }) => kind === 'Refused attempts');
      expect(numbers.map(({ content }) => content.slice(0, 45))).toEqual([
        '9970 more attempts from the same address were',
      ]);
      expect(written).toHaveLength(61);
    } finally {
      jest.useRealTimers();
    }
  });

  it('many kinds and many addresses leave at most 120 exchanges of a connection, and 2 MiB', async () => {
    const { note, written, bytes } = started();
    for (let address = 0; address < 400; address += 1) {
      for (const code of ['INVALID_CREDENTIALS', 'INVALID_XML', 'OPERATION_NOT_SUPPORTED'] as const)
        await note({ code, address: `192.0.2.${address}`, bytes: 500_000 });
    }
    expect(written.length).toBeLessThanOrEqual(240);
    expect(bytes()).toBeLessThan(2.2 * 1024 * 1024);
  });

  it('attempts on all connections together leave at most 8 MiB', async () => {
    const { note, bytes } = started();
    for (let index = 0; index < 3_000; index += 1)
      await note({
        address: `10.0.${index % 250}.1`,
        names: [{ kind: 'oci', domain: '', identity: `c${index}` }],
        bytes: 60_000,
      });
    expect(bytes()).toBeLessThan(8.5 * 1024 * 1024);
  });

  it('a document is truncated at 64 Ki characters, and so are its other fields', async () => {
    const { note, written } = started();
    await note({
      received: {
        kind: 'k'.repeat(9_000),
        contentType: 'c'.repeat(9_000),
        payloadId: 'p'.repeat(9_000),
        content: () => 'x'.repeat(5_000_000),
        size: 5_000_000,
      },
      refusal: { code: 'INVALID_XML', reason: 'r'.repeat(9_000) },
    });
    expect(written[0]?.content).toMatch(/^x{65536}\n\[5000000 characters\]$/);
    expect(JSON.stringify(written[0]).length).toBeLessThan(70_000);
  });

  it('another address, and another kind of fault, are still shown', async () => {
    const { note, written } = started();
    for (let index = 0; index < 100; index += 1) await note({});
    const before = written.length;
    await note({ address: '198.51.100.7' });
    await note({ code: 'INVALID_XML' });
    expect(written.length - before).toBe(4);
  });

  it('requests of authenticated callers are always stored whole', async () => {
    const { note, written } = started();
    for (let index = 0; index < 200; index += 1)
      await note({
        connection: { tenantId: 'firma', connectionId: 'known' },
        code: 'RETURN_URL_REFUSED',
        bytes: 100_000,
      });
    expect(written).toHaveLength(400);
    expect(written[0]?.content).toHaveLength(100_000);
  });
});

const tenant = (tenantId: string): Tenant => ({ tenantId, name: tenantId, settings: { frontendOrigins: [] } });
const nobody = { names: [] };
/** A refused request that has no document. */
const bare = {
  received: { kind: 'Login', contentType: 'text/plain', content: () => 'GET /x', size: 6 },
  answered: undefined,
};

describe('every refusal leaves a trace', () => {
  it('one warning and one row with code, reason, address and reference', async () => {
    const { note, written, logged } = started();
    const refusal = { code: 'INVALID_CREDENTIALS', note: 'To: duns "1" is not what the connection expects' } as const;
    await note({ ...bare, connection: { tenantId: 'firma', connectionId: 'known' }, refusal });
    const facts = {
      code: 'INVALID_CREDENTIALS',
      reason: refusal.note,
      address: '203.0.113.9',
      reference: 'ABCDEFGHJK',
    };
    expect(written).toEqual([
      expect.objectContaining({ ...facts, tenantId: 'firma', connectionId: 'known', kind: 'Login', content: 'GET /x' }),
    ]);
    expect(logged).toEqual([expect.objectContaining({ ...facts, tenant: 'firma', connection: 'known' })]);
  });

  it('a caller that nobody knows: the only tenant has the rows, else the installation', async () => {
    const one = started([tenant('firma')]);
    await one.note(nobody);
    const two = started([tenant('firma'), tenant('andere')]);
    await two.note(nobody);
    expect([one.written, two.written].map((rows) => rows.map(({ tenantId }) => tenantId))).toEqual([
      ['firma', 'firma'],
      ['_installation', '_installation'],
    ]);
  });

  it('callers without a known connection have more room together, and leave some to those of connections', async () => {
    const { note, written } = started();
    for (let address = 0; address < 100; address += 1)
      for (const code of ['INVALID_CREDENTIALS', 'INVALID_XML'] as const)
        for (let index = 0; index < 5; index += 1) await note({ ...nobody, code, address: `192.0.2.${address}` });
    expect(written).toHaveLength(600);
    await note({});
    expect(written).toHaveLength(602);
  });

  it('an owner that the check has found is not looked up again', async () => {
    const { note, written } = started([tenant('firma'), tenant('andere')]);
    await note({ ...nobody, refusal: { code: 'INVALID_CREDENTIALS', owner: { tenantId: 'andere' } } });
    expect(written[0]?.tenantId).toBe('andere');
  });

  it('refused requests without a document are bounded, also of known sessions, apart from call-ups', async () => {
    const { note, written, logged } = started();
    const transmission = { tenantId: 'firma', transmissionId: 'firma_1', connectionId: 'known' };
    for (let index = 0; index < 50; index += 1) await note({ ...bare, transmission, address: `${index}` });
    for (let index = 0; index < 1_000; index += 1) await note({ ...bare, transmission, address: `${index}` });
    expect([written.length, logged.length]).toEqual([120, 120]);
    await note({});
    expect(written).toHaveLength(122);
  });

  it('warnings are as bounded as rows, and the number of the others is logged once', async () => {
    jest.useFakeTimers();
    try {
      const { note, logged } = started();
      for (let index = 0; index < 100; index += 1) await note({});
      jest.advanceTimersByTime(61_000);
      expect(logged).toHaveLength(6);
      expect(logged[5]).toMatchObject({ code: 'INVALID_CREDENTIALS', times: 95 });
    } finally {
      jest.useRealTimers();
    }
  });

  it('what was accepted leaves rows with the reference, and no warning', async () => {
    const { note, written, logged } = started();
    await note({ refusal: undefined, connection: { tenantId: 'firma' } });
    expect(written.map(({ reference, address, code }) => [reference, address, code])).toEqual([
      ['ABCDEFGHJK', undefined, undefined],
      ['ABCDEFGHJK', undefined, undefined],
    ]);
    expect(logged).toEqual([]);
  });
});
