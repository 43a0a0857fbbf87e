import { accessPage } from '../../src/console/pages/access/access-page.js';
import { clientsPage } from '../../src/console/pages/access/clients-page.js';
import { shopsPage } from '../../src/console/pages/access/shops-page.js';
import { sitesPage } from '../../src/console/pages/access/sites-page.js';
import { accountPage } from '../../src/console/pages/account/account-page.js';
import { indexesPage } from '../../src/console/pages/indexes/indexes-page.js';
import type { IndexesView } from '../../src/console/pages/indexes/indexes-view.js';
import { runPage } from '../../src/console/pages/indexes/run-page.js';
import { feedPage } from '../../src/console/pages/feed/feed-page.js';
import { deliveriesPage } from '../../src/console/pages/deliveries/deliveries-page.js';
import { connectionPage } from '../../src/console/pages/connection/connection-page.js';
import type { ConnectionView } from '../../src/console/pages/connection/connection-view.js';
import { removalPage } from '../../src/console/pages/connection/removal-page.js';
import { auditPage } from '../../src/console/pages/audit/audit-page.js';
import { analyticsPage } from '../../src/console/pages/analytics/analytics-page.js';
import { connectionsPage } from '../../src/console/pages/connections/connections-page.js';
import { handOverPage } from '../../src/console/pages/hand-over/hand-over-page.js';
import { receivedPage } from '../../src/console/pages/hand-over/received-page.js';
import { type DraftView, draftPage } from '../../src/console/pages/onboarding/draft-page.js';
import { type SetupView, setupPage } from '../../src/console/pages/onboarding/setup-page.js';
import { mappingPage } from '../../src/console/pages/mapping/mapping-page.js';
import type { MappingView } from '../../src/console/pages/mapping/mapping-view.js';
import { testPage } from '../../src/console/pages/test-punchout/test-page.js';
import { testResultPage } from '../../src/console/pages/test-punchout/test-result-page.js';
import { noticePage } from '../../src/console/pages/notice/notice-page.js';
import { operatorsPage } from '../../src/console/pages/operators/operators-page.js';
import { type OrderView, orderPage } from '../../src/console/pages/order/order-page.js';
import { ordersPage } from '../../src/console/pages/orders/orders-page.js';
import { refusalsPage } from '../../src/console/pages/refusals/refusals-page.js';
import { sessionPage } from '../../src/console/pages/session/session-page.js';
import { sessionsPage } from '../../src/console/pages/sessions/sessions-page.js';
import { tenantPage } from '../../src/console/pages/tenant/tenant-page.js';
import { settingsPage } from '../../src/console/pages/settings/settings-page.js';
import { signInPage } from '../../src/console/pages/sign-in/sign-in-page.js';
import { comparisonPage } from '../../src/console/pages/comparison/comparison-page.js';
import { todayPage } from '../../src/console/pages/today/today-page.js';
import type { Language } from '../../src/console/ui/language.js';
import {
  INDEX_FAULTS,
  INDEX_FORMATS,
  type IndexFaultKind,
  type IndexRun,
} from '../../src/domain/catalogue/catalogue-index.js';
import type { ImportIssue, ImportReport } from '../../src/domain/orders/feed.js';
import type { ApiKey } from '../../src/ports/access/client-keys.js';
import { CONSOLE_PLACES, type PageFrame, type SignedIn } from '../../src/console/ui/shell/page-shell.js';

const NOW = new Date('2026-11-30T14:00:00Z');
const minutesAgo = (minutes: number): Date => new Date(NOW.getTime() - minutes * 60_000);

const importReport: ImportReport = {
  reportId: 2,
  importedAt: minutesAgo(30),
  modifiedAt: minutesAgo(90),
  md5: 'd41d8cd98f00b204e9800998ecf8427e',
  size: 1_234_567,
  encoding: 'windows-1252',
  lines: 12_345,
  warnings: 2,
  errors: 1_001,
  issueLines: 1_002,
  products: 11_343,
};

function importIssue(text: string): ImportIssue {
  return {
    severity: 'error',
    message: `${text} %field%`,
    parameters: { '%field%': text, '%min%': '0', '%max%': '100' },
    lines: [2],
    field: text,
    value: text,
    productId: text,
    productTitle: text,
  };
}

export function frameOf(language: Language, text: string, isSignedIn = true): PageFrame {
  const frame: PageFrame = {
    language,
    base: '/console',
    nonce: 'bm9uY2U=',
    assets: {
      style: '/console/assets/style.css',
      script: '/console/assets/script.js',
      tail: '/console/assets/tail.js',
      preview: '/console/assets/preview.js',
      ticks: '/console/assets/ticks.js',
    },
    now: NOW,
  };
  if (isSignedIn) frame.signedIn = signedInAs(text);
  return frame;
}

function signedInAs(text: string): SignedIn {
  return {
    name: text,
    tenantName: text,
    places: CONSOLE_PLACES,
    formToken: 'token',
    proof: { asked: 'password', again: '/console/sign-in/provider' },
  };
}

/** Found everything that can be wrong with a product. */
function indexRun(text: string): IndexRun {
  return {
    tenantId: 'demo',
    connectionId: text,
    runId: 7,
    addressId: text,
    customer: { number: text },
    state: 'done',
    formats: [...INDEX_FORMATS],
    incremental: true,
    startedBy: `operator:${text}`,
    startedAt: minutesAgo(9),
    endedAt: minutesAgo(8),
    read: 12,
    products: 12_345,
    items: { cxml: 12_000, cif: 11_999 },
    issues: (Object.keys(INDEX_FAULTS) as IndexFaultKind[]).map((kind, index) => ({
      kind,
      field: text,
      count: 101,
      products: Array.from({ length: 100 }, () => text),
      values: Array.from({ length: 100 }, () => `${text} `),
      ...(index % 2 === 0 ? { format: 'cif' as const } : {}),
    })),
    coverage: { classification: { products: 12_000, matched: 11_999 } },
  };
}

function indexesSample(text: string): IndexesView {
  const run = indexRun(text);
  return {
    connectionId: text,
    name: text,
    usualFormat: 'cif',
    runs: [
      { ...run, runId: 10, state: 'reading', startedBy: `key:${text}`, issues: [] },
      { ...run, runId: 9, state: 'failed', startedBy: 'schedule', reason: text },
      { ...run, runId: 8, startedBy: 'cli' },
      run,
    ],
    files: [
      { addressId: text, format: 'cif', runId: 7, bytes: 1_234_567, changedAt: minutesAgo(90) },
      { format: 'oci', runId: 1, changedAt: minutesAgo(900) },
    ],
    schedule: { every: 'week', weekday: 'sunday', hour: 22, formats: [], addresses: [text] },
    addresses: { ids: [text], areMore: false },
    pushes: [
      {
        addressId: text,
        address: text,
        format: 'cif',
        hasAuthorization: true,
        sent: { runId: 6, at: minutesAgo(99) },
        failed: { at: minutesAgo(1), reason: text },
        next: { kind: 'due', at: minutesAgo(-5) },
      },
    ],
    lists: { classification: 200_000, unit: 0 },
    fetchUrl: text,
    openBuyUrl: text,
    mayMake: true,
    mayMakeKeys: true,
    entered: { formats: [text], full: true, addressId: text },
    outcome: { kind: 'refused', reason: text },
  };
}

/** An order with every kind of difference. */
function orderSample(text: string): OrderView {
  const line = {
    lineNumber: text,
    parentLineNumber: text,
    supplierPartId: text,
    quantity: '3',
    unit: text,
    unitPrice: { amount: '0.89', currency: text },
    priceBasis: '100',
  };
  const document = { version: 1, kind: 'new' as const, verdict: 'mismatch' as const, receivedAt: minutesAgo(9) };
  return {
    orderId: text,
    connection: { id: text, name: text },
    document,
    documents: [document, { ...document, version: 2, kind: 'delete' }],
    isDeleted: true,
    sessionId: text,
    total: { amount: '2.67', currency: text },
    storeNumber: text,
    storeRefusal: text,
    comparison: {
      lines: [
        { ordered: line, sent: line, mismatches: [] },
        {
          ordered: line,
          sent: line,
          mismatches: (['price', 'currency', 'quantity', 'unit'] as const).map((kind) => ({
            kind,
            supplierPartId: text,
            sent: text,
            ordered: text,
          })),
        },
        { ordered: { supplierPartId: '', quantity: '1' }, mismatches: [{ kind: 'unidentified', supplierPartId: '' }] },
        { sent: line, mismatches: [{ kind: 'missing', supplierPartId: text, sent: '3' }] },
      ],
      whole: [{ kind: 'total', supplierPartId: '', comparedWith: 'cart', sent: text, ordered: text }],
    },
    hasCart: true,
    parts: [{ supplierOrderId: text, status: 'in_process' }],
    events: [{ name: 'order_created', shopId: 1, at: minutesAgo(8), hooks: 2, received: 1 }],
    confirmations: [{ status: 'shipped', at: minutesAgo(3), state: 'given_up', error: text }],
    placing: { attempts: 2, error: text },
    mayAct: true,
    outcome: { refused: text },
  };
}

/** Every page of the console, with `text` in each place that somebody else writes. */
export function allPages(language: Language, text: string): Record<string, string> {
  const frame = frameOf(language, text);
  const signedIn = signedInAs(text);
  const door = frameOf(language, text, false);
  const meaning = { code: text, title: text, reason: text, meaning: text, remedy: text };
  const summary = { itemsCount: '3', linesCount: 2, totalAmount: '1299.99', currency: text };
  const buyer = { name: text, email: text, company: text };
  const operator = {
    tenantId: 'acme',
    operatorId: text,
    email: text,
    name: text,
    role: 'owner' as const,
    demo: false,
    createdAt: NOW,
  };
  const apiKey: ApiKey = {
    ...{ tenantId: text, keyId: text, name: text, demo: false, createdAt: minutesAgo(9) },
    scopes: ['read', 'write'],
  };
  const counts = { callUps: 10, logins: 8, transfers: 6, orders: 3 };
  const session = {
    transmissionId: text,
    isTest: true as const,
    status: 'transferred' as const,
    protocol: 'cxml' as const,
    connectionName: text,
    buyer,
    summary,
    createdAt: minutesAgo(3),
  };
  const change = {
    at: minutesAgo(9),
    by: `operator:${text}`,
    event: text,
    settings: [{ path: text, before: text, after: 'null' }],
    facts: [text, 'disabled'],
  };
  const connection: ConnectionView = {
    connectionId: text,
    name: text,
    protocol: 'cxml',
    platform: text,
    demo: true,
    disabledAt: minutesAgo(5),
    createdAt: minutesAgo(500),
    version: 7,
    mayChange: true,
    credentials: [{ id: text, text, addedAt: minutesAgo(400) }],
    secrets: [{ id: text, madeAt: minutesAgo(400), isSealed: true }],
    returnOrigins: [text],
    customer: text,
    lastCart: { sessionId: text, at: minutesAgo(60) },
    refusals: [{ at: minutesAgo(2), meaning, reference: text }],
    changes: [change],
    outcome: { kind: 'lost', changes: [change] },
    entered: { identity: text, domain: text, returns: text },
    faults: { identity: { kind: 'too_long' }, secret: { kind: 'missing' }, returns: { kind: 'not_https', line: 2 } },
  };
  const platform = { value: text, platform: text, protocol: 'cxml' as const, meaning: text };
  const entered = { platform: text, name: text, id: text, identity: text, returns: text };
  const draft: DraftView = {
    step: 'platform',
    platforms: [platform],
    chosen: platform,
    entered,
    faults: { platform: { kind: 'missing' }, name: { kind: 'missing' }, returns: { kind: 'no_address', line: 3 } },
    needsTo: false,
    summary: { id: text, from: text, to: text, returns: [text], templates: [text] },
    refusal: text,
  };
  const middleware = { ...draft, chosen: { ...platform, protocol: 'repost' as const } };
  const setup: SetupView = {
    step: 'secret',
    connectionId: text,
    name: text,
    protocol: 'oci',
    version: 3,
    secrets: 1,
    entered: { number: text, email: text },
    faults: { secret: { kind: 'missing' }, email: { kind: 'no_email' } },
    outcome: { kind: 'refused', reason: text },
  };
  const sheet = {
    name: text,
    protocol: 'cxml' as const,
    platform: { name: text, meaning: text, remedy: text, basis: text, setup: { steps: [text, text], basis: text } },
    addresses: [
      { use: 'call_up' as const, url: text },
      { use: 'order' as const, url: text },
      { use: 'open_buy' as const, url: text },
    ],
    access: [{ field: text, value: text }, { field: text }],
    returnOrigins: [text],
    samples: [{ kind: 'call_up' as const, content: text }],
  };
  const handOver = {
    connectionId: text,
    version: 3,
    sheet,
    secrets: 2,
    days: 7,
    steps: [
      { step: 'call_up' as const, seen: { at: minutesAgo(3), transmissionId: text } },
      { step: 'order' as const },
    ],
    links: [{ madeBy: `operator:${text}`, createdAt: minutesAgo(9), expiresAt: NOW, openedAt: minutesAgo(3) }],
  };
  const document = { id: text, at: minutesAgo(1), direction: 'in' as const, kind: text, content: `${text}\n${text}` };
  const compared = {
    ...{
      transmissionId: text,
      status: 'transferred' as const,
      createdAt: minutesAgo(9),
      summary,
      buyer,
      returnUrl: text,
    },
    steps: [
      { event: 'created', at: minutesAgo(9) },
      { event: text, at: minutesAgo(8) },
    ],
  };
  return {
    'sign-in': signInPage(door, { next: text, email: text, fault: { kind: 'wrong' }, demo: false, provider: text }),
    'sign-in of the demo': signInPage(door, {
      next: '/console',
      fault: { kind: 'too_many', seconds: 9 },
      demo: true,
      provider: undefined,
    }),
    'sign-in that failed at the provider': signInPage(door, {
      next: '/console',
      fault: { kind: 'unreachable' },
      demo: false,
      provider: text,
    }),
    today: todayPage(frame, {
      now: counts,
      before: { callUps: 5, logins: 4, transfers: 4, orders: 4 },
      callUpsByHour: Array.from({ length: 24 }, (_, index) => ({ hoursAgo: 23 - index, callUps: index })),
      refusals: [{ meaning, times: 14, lastAt: minutesAgo(2), connection: { id: text, name: text } }],
      hooks: [{ url: text, behind: '212', since: minutesAgo(90), error: text, isPaused: true }],
      jobs: [{ kind: text, jobs: 2, givenUp: 1, since: minutesAgo(5), lastError: text }],
      sweeps: [{ sweep: text, since: minutesAgo(3), error: text }],
      isDegraded: true,
      times: {
        since: minutesAgo(700),
        steps: [
          { step: 'call_up', of: 'server', times: 120, halfMs: 7.4, mostMs: 80 },
          { step: text, of: 'shop', times: 40, halfMs: 300, mostMs: 2_400 },
        ],
        waits: {
          sampled: 500,
          steps: [{ until: 'transfer', times: 12, halfMs: 600_000, mostMs: 7_200_000 }],
        },
      },
      tail: {
        events: (['call_up', 'login', 'transfer', 'end', 'order', 'refusal', 'delivery'] as const).map((type) => ({
          type,
          at: minutesAgo(1),
          connection: text,
          sessionId: text,
          title: text,
          reason: text,
          kind: text,
          reference: text,
          address: text,
          total: { amount: '1299.99', currency: text },
        })),
        place: text,
        refusedOnly: false,
        mostPages: 5,
      },
    }),
    'today without anything': todayPage(frame, {
      now: { callUps: 0, logins: 0, transfers: 0, orders: 0 },
      before: { callUps: 0, logins: 0, transfers: 0, orders: 0 },
      callUpsByHour: [],
      refusals: [],
      hooks: [],
      jobs: [],
      sweeps: [],
      isDegraded: false,
      times: { since: NOW, steps: [], waits: { steps: [] } },
      tail: { events: [], place: '1:1:@1', refusedOnly: true, mostPages: 5 },
    }),
    refusals: refusalsPage(frame, {
      cause: meaning,
      reference: text,
      requests: [
        {
          at: minutesAgo(2),
          refusal: meaning,
          connection: text,
          sessionId: text,
          reference: text,
          address: text,
          documents: [document],
        },
      ],
      mayReadDocuments: true,
      first: '/console/refusals',
      next: '/console/refusals?after=1',
    }),
    sessions: sessionsPage(frame, {
      filter: { q: text, from: text },
      hasBadDay: true,
      connections: [{ id: text, name: text }],
      sessions: [session],
      most: 50,
      isFirstPage: false,
      nextCursor: text,
    }),
    'no sessions': sessionsPage(frame, {
      filter: {},
      hasBadDay: false,
      connections: [],
      sessions: [],
      isFirstPage: true,
    }),
    connection: connectionPage(frame, connection),
    'a connection with a new secret': connectionPage(frame, { ...connection, madeSecret: text, faults: {} }),
    'a connection for viewers': connectionPage(frame, {
      connectionId: text,
      name: text,
      protocol: 'repost',
      demo: false,
      createdAt: NOW,
      version: 1,
      mayChange: false,
      credentials: [],
      secrets: [],
      returnOrigins: [text],
      refusals: [],
      changes: [],
      outcome: { kind: 'refused', reason: text },
      entered: {},
      faults: {},
    }),
    'set-up, platform': draftPage(frame, draft),
    'set-up, names': draftPage(frame, { ...draft, step: 'names' }),
    'set-up, names of a middleware': draftPage(frame, { ...middleware, step: 'names' }),
    'set-up, return addresses': draftPage(frame, { ...draft, step: 'returns' }),
    'set-up, check': draftPage(frame, { ...draft, step: 'check' }),
    'set-up, check of a middleware': draftPage(frame, { ...middleware, step: 'check' }),
    'set-up, secret': setupPage(frame, setup),
    'set-up, secret made': setupPage(frame, { ...setup, madeSecret: text }),
    'set-up, customer': setupPage(frame, { ...setup, step: 'customer' }),
    'hand-over': handOverPage(frame, { ...handOver, outcome: { kind: 'refused', reason: text } }),
    'hand-over with a link': handOverPage(frame, { ...handOver, madeLink: text }),
    indexes: indexesPage(frame, indexesSample(text)),
    'indexes to be made': indexesPage(frame, {
      ...indexesSample(text),
      ...{ runs: [indexRun(text)], schedule: { every: 'day', weekday: 'monday', hour: 3, formats: ['cif', 'oci'] } },
      pushes: [{ address: text, format: 'oci', hasAuthorization: false, next: { kind: 'given_up' } }],
      addresses: { ids: [text], areMore: true },
    }),
    'no indexes': indexesPage(frame, {
      ...{ connectionId: text, name: text, usualFormat: 'cxml', runs: [], files: [], pushes: [], fetchUrl: text },
      openBuyUrl: text,
      ...{ lists: { classification: 0, unit: 0 }, mayMake: false, mayMakeKeys: false },
    }),
    'run of an index': runPage(frame, { connectionId: text, name: text, run: indexRun(text) }),
    'run that failed': runPage(frame, {
      ...{ connectionId: text, name: text },
      run: { ...indexRun(text), state: 'failed', reason: text, issues: [], coverage: {} },
    }),
    'test punchout': testPage(frame, {
      ...{ connectionId: text, name: text },
      started: { testId: text, startUrl: '/console/start', sent: text, answer: text },
      tests: [
        { testId: text, at: minutesAgo(4), by: text, sessionId: text, isBack: true },
        { testId: text, at: minutesAgo(5), by: text, isBack: false },
      ],
    }),
    'test punchout, refused': testPage(frame, {
      ...{ connectionId: text, name: text, hindrance: 'disabled', tests: [] },
      started: { testId: text, refusal: meaning, unreachable: text, sent: text },
    }),
    'cart of a test': testResultPage(frame, {
      ...{ connectionId: text, name: text, testId: text, sessionId: text },
      cart: {
        lines: [{ sku: text, name: text, quantity: '3', price: '1.50', amount: '4.50' }],
        total: text,
        findings: [{ severity: 'error', place: text, text }],
        document: text,
      },
      preflight: [{ severity: 'warning', place: text, text }],
    }),
    'test without a cart': testResultPage(frame, { connectionId: text, name: text, testId: text, preflight: [] }),
    'link of a hand-over': receivedPage(door, { kind: 'ready' }),
    'link of a hand-over, shown': receivedPage(door, { kind: 'shown', sheet: { ...sheet, secret: text } }),
    'link of a hand-over, later': receivedPage(door, {
      kind: 'session',
      sheet,
      steps: handOver.steps,
      isAccepted: true,
    }),
    'link of a hand-over, opened': receivedPage(door, { kind: 'opened', at: NOW }),
    mapping: mappingPage(frame, mappingOf(text)),
    'mapping with faults': mappingPage(frame, { ...mappingOf(text), tried: undefined }),
    'mapping of an unknown cart': mappingPage(frame, { ...mappingOf(text), tried: undefined, untried: text }),
    'mapping with a replay': mappingPage(frame, {
      ...mappingOf(text),
      ...{ rules: 'oci', seen: text, faults: [], outcome: { kind: 'lost', changes: connection.changes } },
      replay: {
        ...{ version: 7, replayed: 500, changed: 60, refused: 1, mended: 1, cartsLeftOut: 10, complete: false },
        carts: [
          {
            ...{ transmissionId: text, sentAt: minutesAgo(5), refusedAfter: text, changesLeftOut: 3 },
            changes: [
              {
                before: { number: 3, text, differs: [0, text.length] },
                after: { number: 3, text: `${text}!`, differs: [0, 1] },
              },
              { after: { number: 4, text, differs: [0, text.length] } },
            ],
            ...{ gained: [finding(text)], lost: [finding(text)] },
          },
          {
            transmissionId: 'b',
            sentAt: minutesAgo(9),
            refusedBefore: text,
            changes: [],
            changesLeftOut: 0,
            gained: [],
            lost: [],
          },
        ],
      },
    }),
    settings: settingsPage(frame, {
      ...{
        connectionId: text,
        name: text,
        version: 7,
        mayChange: true,
        json: text,
        jsonFrom: text,
        jsonFault: text,
        faults: [text],
      },
      outcome: 'lost',
      changes: connection.changes,
      fields: [
        { path: 'profile', kind: 'choice', choices: ['ariba'], text: '', saved: '', inForce: text, source: 'profile' },
        {
          path: 'cxml.inReplyTo',
          kind: 'yes_no',
          fallback: true,
          text: 'false',
          saved: text,
          inForce: 'false',
          source: 'here',
        },
        {
          path: 'idleMinutes',
          kind: 'number',
          min: 5,
          max: 9,
          text,
          saved: text,
          inForce: text,
          source: 'tenant',
          fault: text,
        },
        { path: 'units', kind: 'pairs', text, saved: text, inForce: text, source: 'default' },
      ],
    }),
    'settings for viewers': settingsPage(frame, {
      ...{
        connectionId: text,
        name: text,
        version: 7,
        mayChange: false,
        json: text,
        jsonFrom: text,
        faults: [],
        fields: [],
      },
      outcome: 'done',
    }),
    'settings of the tenant': tenantPage(frame, {
      ...{
        name: text,
        savedName: text,
        version: 7,
        mayChange: true,
        json: text,
        jsonFrom: text,
        jsonFault: text,
        faults: [text],
      },
      outcome: 'wrong_proof',
      changes: connection.changes,
      fields: [
        { path: 'currency', kind: 'text', text, saved: text, inForce: text, source: 'default', fault: text },
        { path: 'orderSteps', kind: 'json', text, saved: text, inForce: text, source: 'here', fallback: { open: [] } },
        {
          path: 'connectionDefaults.startToken',
          kind: 'choice',
          choices: ['opaque', 'jwt'],
          text: '',
          saved: '',
          inForce: text,
          source: 'default',
        },
      ],
    }),
    'removal of a connection': removalPage(frame, {
      ...{ connectionId: text, name: text, version: 7 },
      outcome: { kind: 'refused', reason: text },
    }),
    comparison: comparisonPage(frame, {
      connection: { id: text, name: text },
      session: { ...compared, documents: [document, { ...document, kind: `2${text}` }] },
      good: { ...compared, documents: [{ ...document, content: `${document.content}\n${text}` }] },
    }),
    'a comparison for viewers': comparisonPage(frame, {
      connection: { id: text, name: text },
      session: compared,
      good: compared,
    }),
    'nothing to compare': comparisonPage(frame, { connection: { id: text, name: text }, session: compared }),
    session: sessionPage(frame, {
      ...session,
      connection: { id: text, name: text },
      buyerCookie: text,
      returnUrl: text,
      expiresAt: NOW,
      steps: [
        { event: 'created', at: minutesAgo(3) },
        { event: text, at: minutesAgo(2) },
      ],
      documents: [
        document,
        { ...document, id: `2${text}`, direction: 'out', warning: text, refusal: meaning },
        {
          ...document,
          id: `3${text}`,
          findings: [
            {
              code: text,
              severity: 'warning',
              places: Array.from({ length: 7 }, (_, index) => ({ line: index, sku: text, field: text, message: text })),
              meaning: text,
              remedy: text,
            },
          ],
        },
      ],
      deliveries: [{ at: NOW, status: 'shipped', state: 'given_up', error: text }],
      orders: [
        { orderId: text, at: NOW, verdict: 'mismatch', mismatches: [text], storeNumber: text, storeRefusal: text },
      ],
    }),
    connections: connectionsPage(
      frame,
      [
        {
          connectionId: text,
          name: text,
          protocol: 'oci',
          platform: text,
          demo: true,
          isDisabled: true,
          returnOrigins: [text],
          callUps: 4,
          transfers: 1,
          lastTransferAt: minutesAgo(1),
          newestSecretAt: minutesAgo(60 * 24 * 11),
        },
      ],
      true,
    ),
    orders: ordersPage(frame, {
      filter: { number: text, verdict: 'mismatch' },
      orders: [
        {
          orderId: text,
          connectionId: text,
          connectionName: text,
          kind: 'update',
          version: 2,
          verdict: 'mismatch',
          receivedAt: minutesAgo(7),
          total: { amount: '1299.99', currency: text },
          storeNumber: text,
          isRefused: false,
        },
      ],
      notPlacing: [
        { connectionId: text, name: text },
        { connectionId: 'other', name: text },
      ],
      isFirstPage: false,
      nextCursor: text,
    }),
    'no orders': ordersPage(frame, { filter: {}, orders: [], notPlacing: [], isFirstPage: true }),
    order: orderPage(frame, orderSample(text)),
    'an order without a cart': orderPage(frame, {
      ...orderSample(text),
      hasCart: false,
      parts: [],
      events: [],
      confirmations: [],
      comparison: { lines: [{ ordered: { supplierPartId: text, quantity: '1' }, mismatches: [] }], whole: [] },
      notPlaceable: 'no_session',
      outcome: 'resent',
    }),
    'an order that may not be placed': orderPage(frame, { ...orderSample(text), notPlaceable: 'not_allowed' }),
    deliveries: deliveriesPage(frame, {
      hooks: (['active', 'failing', 'paused'] as const).map((state) => ({
        hookId: state + text,
        shopId: 1,
        url: text,
        state,
        since: minutesAgo(9),
        ackedRevision: '3',
        lastRevision: '8',
        behind: '5',
        error: text,
      })),
      notices: [
        { connectionId: text, orderId: text, status: 'shipped', isGivenUp: true, since: minutesAgo(9), error: text },
      ],
      hasMoreNotices: true,
      feeds: [
        {
          shopId: 1,
          url: text,
          dueAt: NOW,
          error: text,
          reports: [{ reportId: 1, importedAt: minutesAgo(30), products: 10, errors: 1, warnings: 2 }],
        },
      ],
      jobs: [{ jobId: '7', kind: text, attempts: 2, isRunning: false, dueAt: NOW, error: text }],
      isFirstPage: false,
      nextJob: '7',
      mayAct: true,
      outcome: { refused: text },
    }),
    'a feed with issues': feedPage(frame, {
      ...{ shopId: 1, url: text, error: text, isFirstPage: false, next: 50 },
      report: importReport,
      reports: [importReport, { ...importReport, reportId: 1, errors: 0 }],
      issues: [
        { ...importIssue(text), kind: 'not_in_range', lines: Array.from({ length: 1_000 }, (_, index) => index + 2) },
        { ...importIssue(text), severity: 'warning', lines: [3] },
        { ...importIssue(text), kind: 'empty', lines: [4], value: '' },
      ],
    }),
    'a feed without issues': feedPage(frame, {
      ...{ shopId: 1, url: text, reports: [importReport], report: importReport, issues: [], isFirstPage: true },
    }),
    'a feed without an import': feedPage(frame, { shopId: 1, url: text, reports: [], issues: [], isFirstPage: true }),
    'deliveries without anything': deliveriesPage(frame, {
      hooks: [],
      notices: [],
      hasMoreNotices: false,
      feeds: [],
      jobs: [],
      isFirstPage: true,
      mayAct: false,
      outcome: 'paused',
    }),
    analytics: analyticsPage(frame, {
      fromDay: '2026-11-01',
      toDay: '2026-11-30',
      days: 30,
      groupBy: 'day',
      fault: 'bad_range',
      sessions: 10,
      completed: 6,
      conversionRate: '60',
      sales: { currency: text, completed: 6, averageCart: '100.00', revenue: '600.00' },
      timeline: [
        { date: '2026-11-01', sessions: 10, completed: 6, revenue: '600.00' },
        { date: '2026-11-02', sessions: 0, completed: 0, revenue: '0' },
      ],
      topProducts: [{ sku: text, name: text, quantity: '3', revenue: '600.00' }],
      byCurrency: [{ currency: text, completed: 6, averageCart: '100.00', revenue: '600.00' }],
      funnel: counts,
      connections: [{ id: text, name: text, ...counts, lastTransferAt: minutesAgo(5) }],
      presets: [{ days: '30', fromDay: '2026-11-01', toDay: '2026-11-30', isShown: true }],
    }),
    'analytics without anything': analyticsPage(frame, {
      fromDay: '2026-11-30',
      toDay: '2026-11-30',
      days: 1,
      groupBy: 'day',
      sessions: 0,
      completed: 0,
      conversionRate: '0',
      sales: { currency: 'EUR', completed: 0, averageCart: '0', revenue: '0' },
      timeline: [{ date: '2026-11-30', sessions: 0, completed: 0, revenue: '0' }],
      topProducts: [],
      byCurrency: [],
      funnel: { callUps: 0, logins: 0, transfers: 0, orders: 0 },
      connections: [],
      presets: [],
    }),
    operators: operatorsPage(frame, {
      operators: [operator, { ...operator, operatorId: `2${text}`, disabledAt: NOW }],
      ownId: 'op_own',
      hasProvider: true,
      outcome: { kind: 'refused', reason: text },
      draft: { email: text, name: text, role: text },
    }),
    'operators, for who signed in at the provider': operatorsPage(
      { ...frame, signedIn: { ...signedIn, proof: { asked: 'provider', again: '/console/sign-in/provider?fresh=1' } } },
      {
        operators: [{ ...operator, fromProvider: true }],
        ownId: 'op_own',
        hasProvider: true,
        outcome: { kind: 'wrong_proof' },
      },
    ),
    clients: clientsPage(frame, {
      clients: [
        {
          ...{ tenantId: 'demo', clientId: text, name: text, demo: false, revoked: false },
          scopes: ['sessioncontext.context_manage'],
          secrets: [
            { secretId: `1${text}`, createdAt: minutesAgo(5) },
            { secretId: `2${text}`, createdAt: minutesAgo(9) },
          ],
        },
        { tenantId: 'demo', clientId: `2${text}`, name: text, scopes: [], demo: true, revoked: false, secrets: [] },
        { tenantId: 'demo', clientId: `3${text}`, name: text, scopes: [], demo: false, revoked: true, secrets: [] },
      ],
      madeSecret: text,
      draft: { client_id: text, name: text },
    }),
    shops: shopsPage(frame, {
      shops: [
        {
          ...{ tenantId: 'demo', shopId: 1, role: 'supplier', name: text, demo: true },
          signing: { deliveryKey: 'own', requestSignature: 'optional' },
          keys: [
            { keyId: `1${text}`, createdAt: minutesAgo(9), expiresAt: new Date(NOW.getTime() + 86_400_000) },
            { keyId: `2${text}`, createdAt: minutesAgo(5) },
          ],
        },
        {
          ...{ tenantId: 'demo', shopId: 2, role: 'merchant', name: text, connectionId: text, demo: false },
          signing: { deliveryKey: 'shared', requestSignature: 'required' },
          keys: [],
        },
      ],
      made: { key: text, hookSecret: text },
      draft: { shop_id: text, name: text, connection: text, role: 'merchant' },
    }),
    sites: sitesPage(frame, {
      sites: [
        {
          ...{ tenantId: 'demo', siteCode: text, name: text, country: text, currency: text },
          ...{ currencies: [text, 'CHF'], languages: [text], isDefault: true },
        },
        {
          ...{ tenantId: 'demo', siteCode: `2${text}`, name: text, country: 'DE', currency: 'EUR' },
          ...{ currencies: ['EUR'], languages: [], isDefault: false },
        },
      ],
      outcome: { kind: 'refused', reason: text },
      draft: { site_code: text, name: text, country: text, currencies: text, languages: text },
    }),
    access: accessPage(frame, {
      keys: [
        apiKey,
        { ...apiKey, keyId: `2${text}`, expiresAt: new Date(NOW.getTime() + 86_400_000) },
        { ...apiKey, keyId: `3${text}`, revokedAt: NOW },
      ],
      madeKey: text,
      draft: { name: text, kind: text, connection: text },
    }),
    'access without keys': accessPage(frame, { keys: [], outcome: { kind: 'refused', reason: text } }),
    audit: auditPage(frame, {
      filter: { who: text, from: text },
      hasBadDay: true,
      lines: [
        {
          auditId: '7',
          at: minutesAgo(4),
          by: `operator:${text}`,
          event: 'connection-changed',
          settings: [{ path: text, before: 'null', after: text }],
          facts: [{ name: text, text }],
        },
        { auditId: '6', at: minutesAgo(5), by: text, event: text, settings: [], facts: [] },
      ],
      isFirstPage: false,
      nextCursor: text,
      verdict: { linked: 12, waiting: 3, anchor: text, faults: [{ auditId: text, what: 'gone' }] },
    }),
    'audit without changes': auditPage(frame, {
      filter: {},
      hasBadDay: false,
      lines: [],
      isFirstPage: true,
      verdict: { linked: 0, waiting: 0, anchor: undefined, faults: [] },
    }),
    account: accountPage(frame, {
      operator,
      signIns: [{ signInId: text, address: text, browser: text, createdAt: minutesAgo(9), usedAt: NOW }],
      ownSignInId: text,
      hasPassword: true,
      fault: { kind: 'refused', reason: text },
    }),
    notice: noticePage(frame, { kind: 'failed', reason: text, reference: text }),
    hop: noticePage(door, { kind: 'hop', to: '/console/sessions?q=a' }),
  };
}

function finding(text: string) {
  return { severity: 'warning' as const, line: 2, sku: text, field: text, message: text, platform: text };
}

function mappingOf(text: string): MappingView {
  const row = { target: text, sources: text, transforms: text, fixed: text };
  return {
    ...{ connectionId: text, name: text, version: 7, rules: 'cxml', isEdited: true, openRow: 0, cart: text },
    draft: { rows: [row, { target: '', sources: '', transforms: '', fixed: '' }], ...rest },
    presets: { platform: text, rows: [row] },
    faults: [{ row: 1, text }, { text }],
    ...{ targets: [text], sources: [text], carts: [{ id: text, sentAt: minutesAgo(4), total: text }] },
    tried: { document: [`<a b="${text}">`, text], findings: [finding(text)], refused: text },
  };
}

const rest = { shipping: 'line', promotions: '', vendorFields: '' };
