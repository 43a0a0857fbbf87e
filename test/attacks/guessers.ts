import { History } from '../proof/history.js';
import { inParallel, numbers } from '../proof/in-parallel.js';
import { shareOf } from '../proof/phases/phase.js';
import { pause } from '../proof/stage/until.js';
import { FRESH, SHOP, freshIdentity } from './attacked-shop.js';
import { type Attack, type AttackTarget, wrong } from './attack.js';
import { HostileClient, addressOf } from './hostile-client.js';
import { ProvenBuyer, behindProxy, setupDocument } from './proven-buyer.js';

const WIDTH = 80;
/**
 * Number of wrong secrets that are tried per minute: per name and address, per address, and waiting in the queue. Twice
 * as many if Redis is late and the process starts its own count.
 */
const OF_PAIR = 2 * 10;
const OF_ADDRESS = 2 * 60;
const WAITING = 66;
/** Number of addresses that guess many names: enough to keep the queue full while new clients arrive. */
const ADDRESSES = 3;
/** A guess that was verified, not refused before its hash. */
const TRIED = /code="401"/;

let used = 0;

/**
 * 80 parallel guesses at one name from one address, and at many names from three addresses. Meanwhile organisations of
 * another tenant authenticate for the first time, each from its own address.
 */
export const guessers: Attack = async (target) => {
  const { server, random, share } = target;
  const client = new HostileClient(server.port, 2 * WIDTH);
  let tried = 0;
  const guess = async (identity: string, address: string): Promise<boolean> => {
    tried += 1;
    const body = Buffer.from(setupDocument({ identity, secret: `guess ${tried}` }));
    return TRIED.test(
      (await client.send({ path: '/v1/punchout/setup', headers: { 'content-type': 'text/xml' }, address, body })).text,
    );
  };
  const begunAt = performance.now();
  const from = 40_000 + random.below(20_000);
  const over = new AbortController();
  const many: boolean[] = [];
  const lane = async (number: number): Promise<void> => {
    for (let turn = 0; !over.signal.aborted; turn += 1)
      many.push(await guess(`AN-guessed-${number}-${turn}`, addressOf(from + (number % ADDRESSES))));
  };
  const lanes = numbers(WIDTH).map(lane);
  const newcomers = await proveNewcomers(target);
  over.abort();
  await Promise.all(lanes);
  const pair = await inParallel(numbers(shareOf(240, share, WIDTH)), WIDTH, () =>
    guess(SHOP.cxml.identity, addressOf(from + ADDRESSES)),
  );
  client.close();
  // Each started minute has its own limit.
  const minutes = 1 + Math.floor((performance.now() - begunAt) / 60_000);
  const hashes = (answers: readonly boolean[]): number => answers.filter(Boolean).length;
  const findings = [
    ...newcomers,
    ...(hashes(pair) > OF_PAIR * minutes
      ? [wrong('guesses', `${hashes(pair)} secrets of one name were tried from one address`)]
      : []),
    ...(hashes(many) > OF_ADDRESS * ADDRESSES * minutes + WAITING
      ? [wrong('guesses', `${hashes(many)} names were tried from ${ADDRESSES} addresses`)]
      : []),
  ];
  return { tried, findings, facts: { of_one_name: hashes(pair), of_three_addresses: hashes(many) } };
};

/** Each must succeed at its first call-up, despite the guesses. */
async function proveNewcomers({ server, erp, random, share }: AttackTarget): Promise<ReturnType<typeof wrong>[]> {
  const findings: ReturnType<typeof wrong>[] = [];
  const count = shareOf(FRESH / 2, share, 2);
  for (let turn = 0; turn < count; turn += 1) {
    await pause(200);
    const index = used % FRESH;
    used += 1;
    const buyer = new ProvenBuyer(
      { history: new History(), erp, random },
      `newcomer-${used}`,
      'cxml',
      freshIdentity(index),
    );
    const answer = await buyer.callUp(behindProxy(server, `203.0.113.${1 + index}`));
    const [, code = String(answer.status)] = /<Status code="(\d+)"/.exec(answer.body.toString('utf8')) ?? [];
    if (code !== '200') findings.push({ kind: 'lost', subject: `newcomer ${index}`, text: `was kept out: ${code}` });
  }
  return findings;
}
