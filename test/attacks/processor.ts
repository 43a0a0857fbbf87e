import { inParallel } from '../proof/in-parallel.js';
import type { ServerProcess } from '../proof/stage/server-process.js';
import { SHOP } from './attacked-shop.js';
import { type Attack, MIB, wrong } from './attack.js';
import { HostileClient, addressOf, repeated } from './hostile-client.js';
import { setupDocument } from './proven-buyer.js';

interface Case {
  name: string;
  path: string;
  type: string;
  body: Buffer | Buffer[];
}

const SMALL = 250 * 1024;
const LARGE = 5 * MIB - 2_000;
/** Content that once made a reader slow: nesting, escapes, searched characters, tags with secrets. */
const FILLERS = [
  '[',
  '{"a":',
  '+',
  '%25',
  'a=b&',
  '<',
  '<SharedSecret>',
  '<Extrinsic name="x">y</Extrinsic>',
  '&#60;',
  '\\u003c',
  '"',
  ' ',
];
/** Maximum cost of a refused body, as a multiple of a refused call-up of 1 KiB, including reading and sending. */
const MOST_SMALL = 25;
const MOST_LARGE = 100;
/** Costs below this are too small to measure. */
const LEAST_MS = 6;

/** Too long for any name: nothing is looked up and no secret is verified, so only the reading is measured. */
const NOBODY = 'n'.repeat(300);
const XML = 'text/xml';
const FORM = 'application/x-www-form-urlencoded';

function bodies(filler: string, size: number, isKnown: boolean): Case[] {
  const fill = (bytes: number): string => filler.repeat(Math.floor(bytes / filler.length));
  const identity = isKnown ? SHOP.cxml.identity : NOBODY;
  const document = (padding: string): string => setupDocument({ identity, secret: 'wrong', padding });
  const user = isKnown ? SHOP.oci.username : NOBODY;
  const shown = `${JSON.stringify(filler)}, ${isKnown ? 'a known name' : 'nobody'}`;
  const all: Case[] = [
    { name: 'cXML', path: '/v1/punchout/setup', type: XML, body: Buffer.from(document(fill(size - 2_500))) },
    {
      name: 'cXML in a form',
      path: '/v1/punchout/setup',
      type: FORM,
      body: Buffer.from(`cXML-urlencoded=${encodeURIComponent(document(''))}&x=${fill(size - 5_000)}`),
    },
    {
      name: 'an order in parts',
      path: '/v1/punchout/order',
      type: 'multipart/related; boundary=b',
      body: Buffer.from(
        `--b\r\nContent-Type: text/xml\r\n\r\n${document('')}\r\n--b\r\n\r\n${fill(size - 2_800)}\r\n--b--`,
      ),
    },
    {
      name: 'OCI',
      path: '/v1/punchout/oci/setup',
      type: FORM,
      body: Buffer.from(`USERNAME=${user}&PASSWORD=wrong&x=${fill(size - 500)}`),
    },
  ];
  const ofStrangers: Case[] = [
    { name: 'JSON', path: '/v1/punchout/setup', type: 'application/json', body: Buffer.from(fill(size)) },
    {
      name: 'a clone',
      path: '/api/punchout/clone',
      type: 'application/json',
      body: Buffer.from(`{"api_key":"nobody","x":${fill(size - 30)}`),
    },
    { name: 'a cart', path: '/v1/punchout/transfer', type: XML, body: Buffer.from(`<cXML>${fill(size - 10)}`) },
    {
      name: 'an OCI cart',
      path: '/v1/punchout/oci/transfer',
      type: FORM,
      body: Buffer.from(`NEW_ITEM-DESCRIPTION[1]=${fill(size - 30)}`),
    },
    { name: 'a token', path: '/session-context/token', type: FORM, body: Buffer.from(fill(15_000)) },
    { name: 'a hook', path: '/sdk/hooks', type: 'application/json', body: Buffer.from(fill(size)) },
  ];
  return [...all, ...(isKnown ? [] : ofStrangers)].map((one) => ({ ...one, name: `${one.name} of ${shown}` }));
}

/** Endless bodies, cut off after 256 KiB. */
const ENDLESS: Case[] = ['[', '+', '<SharedSecret>'].flatMap((filler) => [
  {
    name: `32 MB of ${filler} as JSON`,
    path: '/v1/punchout/setup',
    type: 'application/json',
    body: repeated(filler, 32 * MIB - 65_536),
  },
  {
    name: `32 MB of ${filler} as a form`,
    path: '/v1/punchout/oci/transfer',
    type: FORM,
    body: repeated(filler, 32 * MIB - 65_536),
  },
]);

/** Each body alone, without other load: CPU time of its refusal, compared with an ordinary wrong call-up. */
export async function processorCost(
  server: ServerProcess,
  share: number,
): Promise<{ tried: number; ordinaryMs: number; dearest: string; findings: ReturnType<typeof wrong>[] }> {
  const client = new HostileClient(server.port, 1);
  let sent = 0;
  const cost = async ({ path, type, body }: Case): Promise<number> => {
    const before = await server.measure('look');
    await client.send({ path, headers: { 'content-type': type }, address: addressOf(20_000 + sent), body });
    sent += 1;
    return (await server.measure('look')).cpuMs - before.cpuMs;
  };
  const ordinary: Case = {
    name: 'ordinary',
    path: '/v1/punchout/setup',
    type: XML,
    body: Buffer.from(setupDocument({ identity: NOBODY, secret: 'wrong' })),
  };
  const ordinaries: number[] = [];
  for (let turn = 0; turn < 12; turn += 1) ordinaries.push(await cost(ordinary));
  const ordinaryMs = ordinaries.toSorted((a, b) => a - b)[6] ?? 0;
  const findings: ReturnType<typeof wrong>[] = [];
  let dearest = { name: '', share: 0 };
  const judge = async (one: Case, most: number): Promise<void> => {
    const bound = most * Math.max(ordinaryMs, LEAST_MS);
    let costMs = await cost(one);
    // A garbage collection may distort one of them.
    for (let again = 0; again < 2 && costMs > bound; again += 1) costMs = Math.min(costMs, await cost(one));
    if (costMs / bound > dearest.share)
      dearest = { name: `${one.name}: ${Math.round(costMs)} ms of ${Math.round(bound)}`, share: costMs / bound };
    if (costMs > bound)
      findings.push(
        wrong(one.name, `its refusal took ${Math.round(costMs)} ms of processor time, more than ${most} ordinary ones`),
      );
  };
  const every = Math.round(1 / Math.min(1, share * 3));
  const small = FILLERS.flatMap((filler) => bodies(filler, SMALL, false));
  const large = FILLERS.flatMap((filler) => bodies(filler, LARGE, true));
  for (const one of small.filter((_, index) => index % every === 0)) await judge(one, MOST_SMALL);
  for (const one of large.filter((_, index) => index % every === 0)) await judge(one, MOST_LARGE);
  client.close();
  return { tried: sent, ordinaryMs: Math.round(ordinaryMs), dearest: dearest.name, findings };
}

/** The same bodies, two at a time, with other load; and bodies of 32 MB. */
export const slowBodies: Attack = async ({ server, share }) => {
  const client = new HostileClient(server.port, 2);
  const all = [
    ...ENDLESS,
    ...FILLERS.flatMap((filler) => [...bodies(filler, SMALL, false), ...bodies(filler, share < 1 ? MIB : LARGE, true)]),
  ];
  const chosen = all.filter((_, index) => index < ENDLESS.length || share === 1 || index % 4 === 0);
  const answers = await inParallel(chosen, 2, ({ path, type, body }, index) =>
    client.send({ path, headers: { 'content-type': type }, address: addressOf(30_000 + index), body }),
  );
  client.close();
  const findings = answers.flatMap(({ status, text }, index) =>
    status === 0 || status === 500
      ? [wrong(chosen[index]?.name ?? '', `was answered ${status} ${text.slice(0, 100)}`)]
      : [],
  );
  return { tried: answers.length, findings, facts: {} };
};
