import { Browser } from '../proof/buyer/browser.js';
import { History } from '../proof/history.js';
import { inParallel, numbers } from '../proof/in-parallel.js';
import { shareOf } from '../proof/phases/phase.js';
import type { OwnDatabase } from '../proof/stage/own-database.js';
import { pause } from '../proof/stage/until.js';
import { SHOP } from './attacked-shop.js';
import { type Attack, MIB, wrong } from './attack.js';
import { HostileClient, addressOf } from './hostile-client.js';
import { ProvenBuyer, behindProxy, setupDocument } from './proven-buyer.js';

/**
 * Maximum log per minute of refused call-ups under one name, in both directions, with their number (docs/access.md).
 * Repeated attacks share it.
 */
const MESSAGES = { rows: 2 * 120 + 40, bytes: 2.2 * MIB };
/** Maximum log per minute of refused requests without a document, of one connection, with their number. */
const REFUSALS = 120 + 40;
/** Maximum rows for refused logins of one session for one reason, with their number. */
const LOGINS = 21;
/** Addresses that guess tokens, and how many refusals alike of each are shown in a minute (docs/access.md). */
const GUESSERS = 6;
const ALIKE = 5;
/** Attacks that are repeated within a minute share its rows. An attack itself takes seconds. */
const RECENT = '90 seconds';
/** The message log writes every half second. */
const WRITTEN_AFTER_MS = 1_300;

/**
 * Wrong secrets and invalid documents under a known name, and wrong tokens for a valid link: rows and bytes are
 * counted.
 */
export const fullDisk: Attack = async ({ server, database, erp, random, share }) => {
  const client = new HostileClient(server.port, 8);
  const since = await firstMessageOf(server, database);
  const begunAt = performance.now();
  const padding = `<!--${'x'.repeat(100_000)}-->`;
  const attempts = numbers(shareOf(1_200, share, 300));
  await inParallel(attempts, 8, async (index) => {
    const document = setupDocument({ identity: SHOP.refused.identity, secret: `wrong ${index}`, padding });
    const body = Buffer.from(
      index % 2 === 0 ? document : document.replaceAll('PunchOutSetupRequest', `Request${index}`),
    );
    return client.send({
      path: '/v1/punchout/setup',
      headers: { 'content-type': 'text/xml' },
      address: addressOf(index % 6),
      body,
    });
  });

  const buyer = new ProvenBuyer({ history: new History(), erp, random }, 'a-link-that-is-guessed', 'key');
  const to = behindProxy(server, '198.51.100.9');
  await buyer.setUp(to);
  const [path = ''] = buyer.startPath.split('?');
  const tokens = numbers(shareOf(600, share, 150));
  await inParallel(tokens, 8, (index) =>
    client.send({
      method: 'GET',
      path: `${path}?token=${index}${'t'.repeat(40)}`,
      address: addressOf(100 + (index % GUESSERS)),
      headers: { accept: 'application/json' },
    }),
  );
  const stillOpens = (await new Browser().send(to, buyer.startPath, { headers: { 'sec-fetch-mode': 'navigate' } }))
    .status;
  client.close();
  await pause(WRITTEN_AFTER_MS);
  const grown = await kept(database, since, path.split('/').at(-1) ?? '');

  // Each started minute has its own limits.
  const minutes = 1 + Math.floor((performance.now() - begunAt) / 60_000);
  const findings = [
    ...(grown.messages > MESSAGES.rows * grown.minutes
      ? [wrong('message log', `${attempts.length} refused call-ups under one name left ${grown.messages} rows`)]
      : []),
    ...(grown.bytes > MESSAGES.bytes * grown.minutes
      ? [
          wrong(
            'message log',
            `${attempts.length} refused call-ups under one name left ${Math.round(grown.bytes / 1024)} KiB`,
          ),
        ]
      : []),
    ...(grown.messages === 0 ? [wrong('message log', 'the first attempts are not shown')] : []),
    ...(grown.logins > LOGINS * minutes
      ? [wrong('audit', `${tokens.length} wrong tokens left ${grown.logins} rows`)]
      : []),
    ...(grown.refusals > REFUSALS * minutes
      ? [wrong('message log', `${tokens.length} wrong tokens left ${grown.refusals} rows`)]
      : []),
    ...(grown.refusals === 0 && grown.ofConnection < GUESSERS * ALIKE
      ? [wrong('message log', 'the first wrong tokens are not shown')]
      : []),
    ...(grown.logins === 0 ? [wrong('audit', 'the first attempts are not written down')] : []),
    ...(stillOpens === 303 ? [] : [wrong('start link', `the right token was answered ${stillOpens}`)]),
  ];
  return {
    tried: attempts.length + tokens.length,
    findings,
    facts: { message_rows: grown.messages, message_kib: Math.round(grown.bytes / 1024), audit_rows: grown.logins },
  };
};

/** Id of the last message before the first attack on a server. Other servers have used the same database before. */
const firsts = new WeakMap<object, string>();
async function firstMessageOf(server: object, database: OwnDatabase): Promise<string> {
  const known = firsts.get(server);
  if (known !== undefined) return known;
  const [row] = await database.rows<{ last: string }>(
    'select coalesce(max(message_id), 0)::text as last from message_log',
  );
  const last = row?.last ?? '0';
  firsts.set(server, last);
  return last;
}

/**
 * The log of call-ups under the refused name, the number of started minutes, refused logins of one transmission in
 * audit and message log, and the recent ones of its connection in the message log.
 */
async function kept(
  database: OwnDatabase,
  since: string,
  transmissionId: string,
): Promise<{
  messages: number;
  bytes: number;
  minutes: number;
  logins: number;
  refusals: number;
  ofConnection: number;
}> {
  const [messages] = await database.rows<{ rows: number; bytes: number; minutes: number }>(
    `select count(*)::int as rows, coalesce(sum(octet_length(content)), 0)::int as bytes,
            coalesce(1 + floor(extract(epoch from now() - min(at)) / 60), 1)::int as minutes
     from message_log where tenant_id = $1 and connection_id = $2 and transmission_id is null and message_id > $3`,
    [SHOP.otherTenantId, SHOP.refused.identity.toLowerCase(), since],
  );
  const [logins] = await database.rows<{ rows: number }>(
    `select count(*)::int as rows from audit where event = 'login_refused' and transmission_id = $1`,
    [transmissionId],
  );
  const [refusals] = await database.rows<{ rows: number }>(
    `select count(*)::int as rows from message_log where kind = 'Login' and transmission_id = $1`,
    [transmissionId],
  );
  const [ofConnection] = await database.rows<{ rows: number }>(
    `select count(*)::int as rows from message_log m join transmission t using (tenant_id, connection_id)
     where m.kind = 'Login' and t.transmission_id = $1 and m.at > now() - $2::interval`,
    [transmissionId, RECENT],
  );
  return {
    refusals: refusals?.rows ?? 0,
    ofConnection: ofConnection?.rows ?? 0,
    messages: messages?.rows ?? 0,
    bytes: messages?.bytes ?? 0,
    minutes: messages?.minutes ?? 1,
    logins: logins?.rows ?? 0,
  };
}
