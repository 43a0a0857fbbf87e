/**
 * The floor: minimal Express code that does the same physical work as the connector, on the same PostgreSQL and Redis
 * (or PGlite), with the same durability. It does not parse, check or log.
 */
import { randomUUID } from 'node:crypto';
import express, { type RequestHandler } from 'express';
import session from 'express-session';
import { embeddedFloor, serverFloor } from './floor-database.js';

declare module 'express-session' {
  interface SessionData {
    floorId?: string;
  }
}

const { PORT = '', DATABASE_URL, DATA_DIR = '', REDIS_URL = '' } = process.env;
const { query, sessions } =
  DATABASE_URL === undefined ? await embeddedFloor(DATA_DIR) : await serverFloor(DATABASE_URL, REDIS_URL);

async function row(
  name: string,
  text: string,
  values: string[],
): Promise<{ id: string; return_url: string } | undefined> {
  return (await query<{ id: string; return_url: string }>({ name, text, values }))[0];
}

const BODY = '<ItemIn quantity="2"><ItemID><SupplierPartID>SKU-001</SupplierPartID></ItemID></ItemIn>'.repeat(50);
const needsSession: RequestHandler = (req, res, next) => {
  if (req.session.floorId === undefined) res.status(401).end();
  else next();
};

const app = express();
app.disable('x-powered-by');
app.disable('etag');
app.get('/page', (_req, res) => {
  res.json({ ok: true });
});
app.post('/setup', express.text({ type: () => true, limit: '5mb' }), async (_req, res) => {
  const id = randomUUID();
  await row(
    'setup',
    "insert into floor.punchout (id, status, cookie, return_url) values ($1, 'open', 'c', " +
      "'https://erp.example.com/return') returning id, return_url",
    [id],
  );
  res
    .type('text/xml')
    .send(
      `<?xml version="1.0"?><cXML payloadID="${id}" timestamp="${new Date().toISOString()}"><Response><Status ` +
        `code="200" text="OK"/><PunchOutSetupResponse><StartPage><URL>http://127.0.0.1:${PORT}/login/${id}</URL>` +
        '</StartPage></PunchOutSetupResponse></Response></cXML>',
    );
});
app.use(
  session({
    name: 'floor',
    secret: 'floor',
    resave: false,
    saveUninitialized: false,
    rolling: true,
    store: sessions,
    cookie: { maxAge: 3_600_000 },
  }),
);
app.get('/login/:id', async (req, res) => {
  const claimed = await row(
    'login',
    "update floor.punchout set status = 'active' where id = $1 and status = 'open' returning id, return_url",
    [req.params.id],
  );
  if (claimed === undefined) {
    res.status(404).end();
    return;
  }
  await new Promise<void>((resolve) => {
    req.session.regenerate(() => resolve());
  });
  req.session.floorId = claimed.id;
  res.redirect(303, '/page');
});
app.get('/session', needsSession, (req, res) => {
  res.json({ active: true, id: req.session.floorId });
});
app.get('/blocked', needsSession, (_req, res) => {
  res.redirect(303, '/page');
});
app.post('/transfer', needsSession, async (req, res) => {
  const moved = await row(
    'transfer',
    `with u as (
      update floor.punchout set status = 'transferred' where id = $1 and status = 'active' returning id, return_url
    ), p as (insert into floor.payload select id, $2 from u), o as (insert into floor.outbox (id) select id from u)
    select id, return_url from u`,
    [req.session.floorId ?? '', BODY],
  );
  if (moved === undefined) {
    res.status(409).end();
    return;
  }
  await new Promise<void>((resolve) => {
    req.session.destroy(() => resolve());
  });
  res
    .type('html')
    .send(
      `<form method="post" action="${moved.return_url}"><input type="hidden" name="cXML-base64" ` +
        `value="${Buffer.from(BODY).toString('base64')}"></form>`,
    );
});
app.listen(Number(PORT), '127.0.0.1');
process.once('SIGINT', () => process.exit(0));
