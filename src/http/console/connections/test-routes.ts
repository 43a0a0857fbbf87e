import type { Request, RequestHandler } from 'express';
import { noticePage } from '../../../console/pages/notice/notice-page.js';
import { type TestView, testPage } from '../../../console/pages/test-punchout/test-page.js';
import {
  testResultPage,
  type ResultFinding,
  type TestResultView,
} from '../../../console/pages/test-punchout/test-result-page.js';
import { PROTOCOL_RULES } from '../../../domain/transmission/protocol-rules.js';
import { parseFlatForm } from '../../../protocols/form/parse-flat-form.js';
import type { ConnectionReads } from '../../../usecases/manage/read-connections.js';
import type { StartedTest, TestPunchoutUseCases, TestStory } from '../../../usecases/manage/test-punchout.js';
import type { StandingOf } from '../../body/read-body.js';
import { type ConsolePages, TEST_RETURN_PATH } from '../console-pages.js';
import { type Guard, type Visit, sendNotice } from '../guard.js';
import { meaningOf } from '../history/history-views.js';
import type { Language } from '../../../console/ui/language.js';
import { amountText, numberText } from '../../../console/ui/numbers.js';
import { TEXTS } from '../../../console/pages/test-punchout/texts.js';
import type { Protocol } from '../../../domain/transmission/protocol.js';
import type { PreflightFinding } from '../../../domain/transmission/transfer-payload.js';
import { formatDecimal, parseDecimal, trimZeros } from '../../../domain/decimal.js';
import {
  type DecodeReturn,
  decodeCxmlReturn,
  decodeOciReturn,
  decodeRepostReturn,
} from '../../../protocols/returned-cart.js';

export interface TestDeps {
  pages: ConsolePages;
  /** Without a slash at the end. */
  publicUrl: string;
  connectionReads: Pick<ConnectionReads, 'show'>;
  testPunchouts: TestPunchoutUseCases;
}

/** Test punchouts: started by an engineer; their carts come back by an address that is for one test. */
export function testRoutes(
  { pages, publicUrl, connectionReads, testPunchouts }: TestDeps,
  guard: Guard,
): Record<'show' | 'start' | 'result' | 'takeReturn', RequestHandler> & { standingOf: StandingOf } {
  const returnUrlOf = (req: Request): string => `${publicUrl}${TEST_RETURN_PATH}/${String(req.params['token'])}`;
  const idOf = ({ req }: Visit): string => String(req.params['connectionId'] ?? '');

  function sendUnknown({ res, frame }: Visit): void {
    pages.send(res, frame, noticePage(frame, { kind: 'unknown' }), 404);
  }

  async function show(visit: Visit, started?: StartedTest, status = 200): Promise<void> {
    const { res, frame, used } = visit;
    const { tenantId } = used.operator;
    const shown = await connectionReads.show(tenantId, idOf(visit));
    if (!shown.ok) {
      sendUnknown(visit);
      return;
    }
    const { connectionId, name, protocol, disabledAt, credentials } = shown.value;
    const tests = await testPunchouts.list(tenantId, connectionId);
    const view: TestView = {
      connectionId,
      name,
      tests: tests.map(({ testId, createdAt, startedBy, transmissionId, returnedAt }) => ({
        testId,
        at: createdAt,
        by: startedBy,
        isBack: returnedAt !== undefined,
        ...(transmissionId === undefined ? {} : { sessionId: transmissionId }),
      })),
    };
    if (disabledAt !== undefined) view.hindrance = 'disabled';
    else if (credentials.length === 0 && !PROTOCOL_RULES[protocol].isMiddleware) view.hindrance = 'noName';
    if (started !== undefined) view.started = startedView(started, frame.language);
    pages.send(res, frame, testPage(frame, view), status);
  }

  return {
    show: guard('test_connections', (visit) => show(visit)),
    start: guard('test_connections', async (visit) => {
      const { tenantId, email } = visit.used.operator;
      const started = await testPunchouts.start({ tenantId, connectionId: idOf(visit), by: `operator:${email}` });
      if (started.ok) await show(visit, started.value);
      else await show(visit, undefined, 409);
    }),
    result: guard('test_connections', async (visit) => {
      const { res, frame, used, req } = visit;
      const read = await testPunchouts.read(used.operator.tenantId, idOf(visit), String(req.params['testId']));
      if (read.ok) pages.send(res, frame, testResultPage(frame, testResultView(read.value, frame.language)));
      else sendUnknown(visit);
    }),
    /** A cart may be long, but only at an address that waits for one. */
    standingOf: async (req) => ((await testPunchouts.awaits(returnUrlOf(req))) ? 'named' : 'stranger'),
    /** Without a sign-in: the address itself is the proof, and only a signed-in engineer sees what it got. */
    async takeReturn(req, res) {
      const body: unknown = req.body;
      const fields = parseFlatForm(Buffer.isBuffer(body) ? body : new Uint8Array(), 'utf-8');
      const test = fields.ok ? await testPunchouts.takeReturn(returnUrlOf(req), fields.value) : undefined;
      if (test === undefined) {
        await sendNotice(pages, req, res, { kind: 'used' }, 410);
        return;
      }
      const { connectionId, testId } = test;
      res.redirect(303, `${pages.base}/connections/${encodeURIComponent(connectionId)}/tests/${testId}`);
    },
  };
}

function startedView(started: StartedTest, language: Visit['frame']['language']): NonNullable<TestView['started']> {
  const { testId, sent, answer, startUrl, refusal, unreachable } = started;
  const view: NonNullable<TestView['started']> = { testId, sent };
  if (answer !== undefined) view.answer = answer;
  if (startUrl !== undefined) view.startUrl = startUrl;
  if (unreachable !== undefined) view.unreachable = unreachable;
  if (refusal !== undefined) view.refusal = meaningOf(refusal.code, refusal.reason, language);
  return view;
}

const DECODERS: Record<Protocol, DecodeReturn> = {
  cxml: decodeCxmlReturn,
  oci: decodeOciReturn,
  repost: decodeRepostReturn,
};

/** What came back, decoded as the buyer's system would. */
function testResultView({ test, connection, preflight }: TestStory, language: Language): TestResultView {
  const view: TestResultView = {
    connectionId: connection.connectionId,
    name: connection.name,
    testId: test.testId,
    preflight: preflight.map((finding) => preflightFinding(finding, language)),
  };
  if (test.transmissionId !== undefined) view.sessionId = test.transmissionId;
  if (test.returned === undefined) return view;
  const cart = DECODERS[connection.protocol](test.returned);
  view.cart = {
    lines: cart.lines.map((line) => ({
      sku: line.supplierPartId,
      name: line.name,
      quantity: `${plain(line.quantity, language)} ${line.unit}`.trim(),
      price: priceText(line.unitPrice, line.priceBasis, language),
      amount: numberText(line.amount, language),
    })),
    total: amountText(cart.total, cart.currency, language),
    findings: cart.findings,
    document: cart.document,
  };
  return view;
}

function preflightFinding({ severity, line, field, message }: PreflightFinding, language: Language): ResultFinding {
  const places = [...(line === undefined ? [] : [TEXTS[language].line(line)]), ...(field === '' ? [] : [field])];
  return { severity, place: places.join(', '), text: message };
}

function priceText(price: string, basis: string, language: Language): string {
  const text = numberText(price, language);
  return /^1(\.0+)?$/.test(basis) ? text : `${text} / ${plain(basis, language)}`;
}

/** Without zeros at its end: OCI writes 2.000. */
function plain(decimal: string, language: Language): string {
  const value = parseDecimal(decimal);
  return numberText(value === undefined ? decimal : formatDecimal(trimZeros(value)), language);
}
