import { expect, it } from '@jest/globals';
import { transmissionRepository } from '../../../src/adapters/postgres/transmissions/transmission-repository.js';
import { describeOnDatabases } from '../../contracts/databases.js';
import { activeTransmission } from '../../contracts/transmissions.js';

describeOnDatabases('the end of a session during a cart write', (database) => {
  const secondsUntilCleared = async (transmissionId: string): Promise<number | undefined> => {
    const statement = {
      name: 'test-cleared-in',
      text: `select extract(epoch from due_at - now())::float8 as seconds from job
        where kind = 'clear-cart' and input->'cart'->>'id' = $1`,
    };
    const [job] = await database().query<{ seconds: number }>(statement, [`cart-${transmissionId}`]);
    return job?.seconds;
  };

  it('P9: the cart is cleared when the lease of the write is over, not before', async () => {
    const repository = transmissionRepository(database());
    const active = await activeTransmission(repository);
    const written = await repository.writeCart(active, () => repository.end(active, 'closed', 'buyer'));
    expect(written).toEqual({ ok: false, refused: 'not_active' });
    expect(await secondsUntilCleared(active.transmissionId)).toBeGreaterThan(3);
  });

  it('a cart without a write in progress is cleared at once', async () => {
    const repository = transmissionRepository(database());
    const active = await activeTransmission(repository);
    await repository.writeCart(active, async () => undefined);
    await repository.end(active, 'closed', 'buyer');
    expect(await secondsUntilCleared(active.transmissionId)).toBeLessThanOrEqual(0);
  });
});
