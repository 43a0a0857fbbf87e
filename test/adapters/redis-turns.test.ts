import { afterEach, expect, it } from '@jest/globals';
import { connectRedis } from '../../src/adapters/sessions/redis-connection.js';
import { redisTurns } from '../../src/adapters/redis-turns.js';
import { until } from '../support/until.js';
import { describeOnRedis } from './sessions/describe-on-redis.js';
import { ask, type RedisProcess, startCluster, startRedis } from './sessions/redis-servers.js';

type Turns = ReturnType<typeof redisTurns>;

describeOnRedis('turns for a cart among processes', () => {
  const opened: (Turns | RedisProcess)[] = [];
  afterEach(async () => {
    for (const one of opened.splice(0).toReversed()) await ('close' in one ? one.close() : one.stop());
  });
  const redis = async (): Promise<RedisProcess> => {
    const server = await startRedis();
    opened.push(server);
    return server;
  };
  const process = (address: string): Turns => {
    const turns = redisTurns(() => connectRedis(address));
    opened.push(turns);
    return turns;
  };
  /** Two connected processes. */
  const two = async (address: string, isThere: () => Promise<boolean>): Promise<[Turns, Turns]> => {
    const both: [Turns, Turns] = [process(address), process(address)];
    for (const turns of both) {
      await until(async () => {
        const leave = await turns.enter('warm', 'read', 0);
        const there = await isThere();
        leave();
        return there;
      });
      await until(async () => !(await isThere()));
    }
    return both;
  };
  /** Reports when a turn has begun. */
  const entering = (turns: Turns, kind: 'read' | 'write', waitMs = 10_000) => {
    const state = { begun: false, leave: (): void => undefined };
    const done = turns.enter('a', kind, waitMs).then((leave) => Object.assign(state, { begun: true, leave }));
    return { state, done };
  };

  it('reads run together, a write waits for them, and later reads wait for it', async () => {
    const { port } = await redis();
    const [here, there] = await two(
      `redis://127.0.0.1:${port}`,
      async () => (await ask(port, 'dbsize')).trim() !== '0',
    );
    const reads = [entering(here, 'read'), entering(there, 'read')];
    for (const { done } of reads) await done;
    const write = entering(here, 'write');
    await until(async () => (await ask(port, 'exists', 'punchout:turn:{a}:write')).trim() === '1');
    const late = entering(there, 'read');
    reads[0]?.state.leave();
    await until(async () => (await ask(port, 'zcard', 'punchout:turn:{a}:reads')).trim() === '1');
    expect([write.state.begun, late.state.begun]).toEqual([false, false]);
    reads[1]?.state.leave();
    await write.done;
    expect(late.state.begun).toBe(false);
    write.state.leave();
    await late.done;
    late.state.leave();
    await until(async () => (await ask(port, 'dbsize')).trim() === '0');
  });

  it('two writes run one after the other; another cart does not wait', async () => {
    const { port } = await redis();
    const [here, there] = await two(
      `redis://127.0.0.1:${port}`,
      async () => (await ask(port, 'dbsize')).trim() !== '0',
    );
    const first = entering(here, 'write');
    await first.done;
    const second = entering(there, 'write');
    (await there.enter('b', 'write', 10_000))();
    expect(second.state.begun).toBe(false);
    first.state.leave();
    await second.done;
    second.state.leave();
  });

  it('a request proceeds after the maximum wait, and the turn of a dead process ends by itself', async () => {
    const { port } = await redis();
    const [here, there] = await two(
      `redis://127.0.0.1:${port}`,
      async () => (await ask(port, 'dbsize')).trim() !== '0',
    );
    await here.enter('a', 'write', 10_000);
    const read = entering(there, 'read', 0);
    await read.done;
    expect(Number(await ask(port, 'pttl', 'punchout:turn:{a}:write'))).toBeGreaterThan(0);
    await there.enter('b', 'read', 0);
    expect(Number(await ask(port, 'pttl', 'punchout:turn:{b}:reads'))).toBeGreaterThan(0);
  });

  it('the two keys of a cart are on one node of a Cluster', async () => {
    const nodes = await startCluster();
    opened.push(...nodes);
    const turns = process(nodes.map(({ port }) => `redis://127.0.0.1:${port}`).join(','));
    const isHeld = async (key: string): Promise<boolean> =>
      (await Promise.all(nodes.map(({ port }) => ask(port, 'exists', key)))).some((count) => count.trim() === '1');
    // A script with keys of two nodes is refused by the Cluster, and then no key is ever there.
    for (const [kind, key] of [
      ['write', 'punchout:turn:{a}:write'],
      ['read', 'punchout:turn:{a}:reads'],
    ] as const)
      await until(async () => {
        const leave = await turns.enter('a', kind, 0);
        const held = await isHeld(key);
        leave();
        return held;
      });
  }, 40_000);

  it('a missing or frozen Redis costs one short wait; then no request waits for it', async () => {
    const { port, process: server } = await redis();
    const [here] = await two(`redis://127.0.0.1:${port}`, async () => (await ask(port, 'dbsize')).trim() !== '0');
    await here.enter('a', 'write', 10_000);
    server.kill('SIGSTOP');
    (await here.enter('a', 'read', 10_000))();
    let asked = 0;
    const counted = redisTurns(() => ({
      status: 'ready',
      once: () => undefined,
      call: () => ((asked += 1), Promise.reject(new Error('gone'))),
      disconnect: () => undefined,
    }));
    for (let nth = 0; nth < 20; nth += 1) (await counted.enter('a', 'write', 10_000))();
    expect(asked).toBe(1);
    server.kill('SIGCONT');
  }, 40_000);
});
