import { randomBytes } from 'node:crypto';
import type { Connection } from '../../domain/access/connection.js';
import { newSecret } from '../../domain/digest.js';
import { type ErrorCode, type Outcome, accept, refuse } from '../../domain/error-codes.js';
import { PROTOCOL_RULES } from '../../domain/transmission/protocol-rules.js';
import type { NameValue } from '../../domain/transmission/setup-request.js';
import type { PreflightFinding } from '../../domain/transmission/transfer-payload.js';
import type { TestReturns } from '../../domain/access/test-return.js';
import type { CredentialName } from '../../ports/access/connection-repository.js';
import type { TestPunchout, TestPunchouts } from '../../ports/access/test-punchouts.js';
import type { AuditLog } from '../../ports/audit-log.js';
import type { MessageLog } from '../../ports/transmission/message-log.js';
import type { TransmissionRepository } from '../../ports/transmission/transmission-repository.js';
import type { MessageReads } from '../history/read-messages.js';
import type { ConnectionReads, ShownConnection } from './read-connections.js';

/** What a call-up of a test is made of. */
export interface TestCallUp {
  connection: Connection;
  name: CredentialName | undefined;
  secret: string;
  returnUrl: string;
  mark: string;
  at: Date;
}

interface Answered {
  status: number;
  text: string;
  reference?: string;
}

interface Deps {
  reads: Pick<ConnectionReads, 'show'>;
  tests: TestPunchouts;
  returns: TestReturns;
  transmissions: Pick<TransmissionRepository, 'findPayload'>;
  messages: Pick<MessageReads, 'list'>;
  log: Pick<MessageLog, 'flush'>;
  audit: AuditLog;
  /** Posts the call-up to the public address of this server. */
  callUp: (callUp: TestCallUp) => Promise<Answered | { failed: string }>;
  /** The same as people read it. */
  textOf: (callUp: TestCallUp) => string;
  /** Where the buyer's browser goes; undefined: refused. */
  startUrlIn: (protocol: Connection['protocol'], text: string) => string | undefined;
  pause: (ms: number) => Promise<void>;
}

/** A call-up that was sent for a test, and what became of it. */
export interface StartedTest {
  testId: string;
  connection: ShownConnection;
  /** The call-up, without its secret. */
  sent: string;
  /** The answer as it came; absent where there was none. */
  answer?: string;
  /** Opens the shop, once. Absent: refused. */
  startUrl?: string;
  /** Why it was refused, from the message log. */
  refusal?: { code: ErrorCode; reason?: string; reference?: string };
  /** Why this server does not reach its own public address. */
  unreachable?: string;
}

export interface TestStory {
  test: TestPunchout;
  connection: ShownConnection;
  /** What the shop's own check said before it sent the cart. */
  preflight: PreflightFinding[];
}

export interface TestPunchoutUseCases {
  /** Refused for a connection that is disabled, or that has no name to call up by. */
  start(of: { tenantId: string; connectionId: string; by: string }): Promise<Outcome<StartedTest>>;
  list(tenantId: string, connectionId: string): Promise<TestPunchout[]>;
  read(tenantId: string, connectionId: string, testId: string): Promise<Outcome<TestStory>>;
  /** Whether a cart may come to this address. */
  awaits(url: string): Promise<boolean>;
  /** Takes the cart of a test by its return address, once. Undefined: the address is none of ours, or was used. */
  takeReturn(url: string, fields: readonly NameValue[]): Promise<TestPunchout | undefined>;
}

/** Other processes learn of the test's secret within this time. */
const CACHE_MS = 5_000;
const HIDDEN = '\u2022\u2022\u2022\u2022\u2022\u2022';

/**
 * Tries a connection as its buyer would: a real call-up with its own names by the public address. Its secret is made
 * for this call-up and ends with it; nobody sees it. The cart comes back to an address of the console that is for this
 * test alone. The session is left out of all figures.
 */
export function testPunchouts(deps: Deps): TestPunchoutUseCases {
  const { reads, tests, returns, messages, log } = deps;

  async function refusalOf(tenantId: string, reference: string | undefined): Promise<StartedTest['refusal']> {
    if (reference === undefined) return undefined;
    await log.flush();
    const { messages: found } = await messages.list(tenantId, { refused: true, reference }, { limit: 2 });
    const told = found.find(({ code }) => code !== undefined);
    if (told?.code === undefined) return undefined;
    return { code: told.code, reference, ...(told.reason === undefined ? {} : { reason: told.reason }) };
  }

  /** Sends the call-up while its secret is valid; a second time for a process that did not know the secret yet. */
  async function send(callUp: TestCallUp, testId: string, by: string): Promise<Answered | { failed: string }> {
    const { tenantId, connectionId, protocol } = callUp.connection;
    const { isMiddleware: isKey } = PROTOCOL_RULES[protocol];
    await tests.begin({ tenantId, connectionId, testId, startedBy: by, secret: callUp.secret, isKey });
    try {
      const answer = await deps.callUp(callUp);
      if ('failed' in answer || deps.startUrlIn(protocol, answer.text) !== undefined) return answer;
      const refusal = await refusalOf(tenantId, answer.reference);
      if (refusal !== undefined && refusal.code !== 'INVALID_CREDENTIALS') return answer;
      await deps.pause(CACHE_MS);
      return await deps.callUp(callUp);
    } finally {
      await tests.endSecret(testId);
    }
  }

  /** Whose return address this is. */
  async function testOf(url: string): Promise<TestPunchout | undefined> {
    const testId = /\/([\w-]+)\.[\w-]+$/.exec(url)?.[1];
    const test = testId === undefined ? undefined : await tests.find(testId);
    return test !== undefined && returns.testOf(test, url) === test.testId ? test : undefined;
  }

  return {
    async start({ tenantId, connectionId, by }) {
      const shown = await reads.show(tenantId, connectionId);
      if (!shown.ok) return shown;
      const connection = shown.value;
      if (connection.disabledAt !== undefined)
        return refuse('RESOURCE_CONFLICT', 'The connection is disabled: enable it first.', { field: 'state' });
      const [name] = connection.credentials;
      if (name === undefined && !PROTOCOL_RULES[connection.protocol].isMiddleware)
        return refuse('RESOURCE_CONFLICT', 'The connection has no name to call up by: add one.', { field: 'name' });
      const testId = randomBytes(18).toString('base64url');
      const returnUrl = returns.url({ tenantId, connectionId, testId });
      const callUp = { connection, name, secret: newSecret(), returnUrl, mark: `test-${testId}`, at: new Date() };
      await deps.audit.note({
        tenantId,
        event: 'test-punchout-started',
        actor: by,
        details: { connection: connectionId },
      });
      const answer = await send(callUp, testId, by);
      const started: StartedTest = {
        testId,
        connection,
        sent: deps.textOf({ ...callUp, secret: HIDDEN, returnUrl: withoutProof(returnUrl) }),
      };
      if ('failed' in answer) return accept({ ...started, unreachable: answer.failed });
      started.answer = answer.text;
      const startUrl = deps.startUrlIn(connection.protocol, answer.text);
      if (startUrl !== undefined) return accept({ ...started, startUrl });
      const refusal = await refusalOf(tenantId, answer.reference);
      return accept(refusal === undefined ? started : { ...started, refusal });
    },

    list: tests.list,

    async read(tenantId, connectionId, testId) {
      const shown = await reads.show(tenantId, connectionId);
      if (!shown.ok) return shown;
      const test = await tests.find(testId);
      if (test === undefined || test.tenantId !== tenantId || test.connectionId !== connectionId)
        return refuse('RESOURCE_NOT_FOUND', 'There is no such test of this connection.');
      const { transmissionId } = test;
      const stored =
        transmissionId === undefined ? undefined : await deps.transmissions.findPayload({ tenantId, transmissionId });
      return accept({ test, connection: shown.value, preflight: stored?.payload.findings ?? [] });
    },

    async awaits(url) {
      const test = await testOf(url);
      return test !== undefined && test.returnedAt === undefined;
    },

    async takeReturn(url, fields) {
      const test = await testOf(url);
      if (test === undefined) return undefined;
      // A middleware that asks for its api_key gets it with the cart.
      const kept = fields.map(({ name, value }) => ({ name, value: name === 'api_key' ? HIDDEN : value }));
      return (await tests.take(test.testId, kept)) ? test : undefined;
    },
  };
}

/** For people: whoever has the whole address can send a cart to it. */
function withoutProof(url: string): string {
  return url.replace(/\.[\w-]+$/, `.${HIDDEN}`);
}
