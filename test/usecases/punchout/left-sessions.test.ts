import { describe, expect, it } from '@jest/globals';
import { PunchoutError } from '../../../src/domain/error-codes.js';
import type { Transmission } from '../../../src/domain/transmission/transmission.js';
import { leftSessions } from '../../../src/usecases/punchout/end-session.js';

const away = new PunchoutError('SERVICE_UNAVAILABLE');
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** A database whose answer to an end is set for each session. */
function open(answerTo: (id: string) => boolean | Error): {
  left: ReturnType<typeof leftSessions>;
  asked: string[];
  told: string[];
} {
  const asked: string[] = [];
  const told: string[] = [];
  const left = leftSessions({
    transmissions: {
      async end({ transmissionId }) {
        asked.push(transmissionId);
        const answer = answerTo(transmissionId);
        if (answer instanceof Error) throw answer;
        return answer;
      },
      find: ({ transmissionId }) => Promise.resolve({ transmissionId } as Transmission),
    },
    emit: (_, event) => void told.push((event as { transmission: Transmission }).transmission.transmissionId),
    log: quiet,
  });
  return { left, asked, told };
}

const key = (transmissionId: string): { tenantId: string; transmissionId: string } => ({
  tenantId: 'firma',
  transmissionId,
});

describe('sessions that buyers left while the database accepted no writes', () => {
  it('are over at once, and stay so until they are stored; the first failure ends a round', async () => {
    let works = false;
    const { left, asked, told } = open(() => works || away);
    for (const id of ['a', 'b', 'c']) left.add(key(id));
    await left.flush();
    expect([asked, ['a', 'b', 'c', 'd'].map((id) => left.has(key(id)))]).toEqual([['a'], [true, true, true, false]]);
    works = true;
    await left.flush();
    expect([told, ['a', 'b', 'c'].map((id) => left.has(key(id)))]).toEqual([
      ['a', 'b', 'c'],
      [false, false, false],
    ]);
    await left.flush();
    expect(asked).toHaveLength(4);
  });

  it('a session that ended otherwise causes no event; one that fails alone does not block the others', async () => {
    const { left, told } = open((id) => (id === 'broken' ? new Error('an internal error') : id !== 'transferred'));
    for (const id of ['broken', 'transferred', 'c']) left.add(key(id));
    await left.flush();
    expect([told, left.has(key('broken')), left.has(key('transferred'))]).toEqual([['c'], false, false]);
  });

  it('10,000 are kept; beyond that the oldest end by their own time-out', async () => {
    const { left } = open(() => away);
    for (let index = 0; index < 10_001; index += 1) left.add(key(String(index)));
    expect([left.has(key('0')), left.has(key('1')), left.has(key('10000'))]).toEqual([false, true, true]);
  });
});
