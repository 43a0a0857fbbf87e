import { expect, it } from '@jest/globals';
import { Command } from 'commander';
import { cartEncoder } from '../../src/adapters/cart-encoder/cart-encoder.js';
import { sampleCart, sampleTransmission } from '../../src/adapters/cart-encoder/sample-cart.js';
import { secretBox } from '../../src/adapters/secrets/secret-box.js';
import { replayCommand } from '../../src/commands/trial/replay-command.js';
import { settingsOf } from '../../src/config/connection-settings.js';
import { sentCartOf } from '../../src/domain/transmission/sent-cart.js';
import { openRepositories } from '../../src/wiring/repositories.js';
import { describeOnDatabases } from '../contracts/databases.js';

const GIVEN = { returnOrigins: ['https://buyer.example.com'] };

describeOnDatabases('punchout replay', (database) => {
  const repositories = () => openRepositories(database(), secretBox(['a-key-for-tests-that-is-long-enough']));

  async function punchout(documents: Record<string, string>, ...args: string[]) {
    const printed: string[] = [];
    const program = new Command().addCommand(
      replayCommand({
        directory: (act) => act({ ...repositories(), migrated: [] }),
        print: (line) => void printed.push(line),
        readText: (path) => Promise.resolve(documents[path] ?? ''),
      }),
    );
    const before = process.exitCode;
    process.exitCode = 0;
    try {
      await program.parseAsync(['replay', ...args], { from: 'user' });
      return { code: process.exitCode, out: printed.join('\n') };
    } finally {
      process.exitCode = before;
    }
  }

  it('prints what would change, line by line, and ends with 1 if a cart would be refused', async () => {
    const { tenants, connections, transmissions, sentCarts } = repositories();
    await tenants.save({ tenantId: 'acme', name: 'Acme', settings: { frontendOrigins: [] } });
    const settings = settingsOf(GIVEN, 'cxml');
    if (!settings.ok) throw new Error(settings.refusal.reason);
    const of = { tenantId: 'acme', connectionId: 'erp', name: 'ERP', protocol: 'cxml' as const, demo: false };
    await connections.save({ ...of, settings: settings.value }, GIVEN);
    expect((await punchout({}, 'acme', 'erp')).out).toBe('No sent cart of this connection is kept.');

    const connection = await connections.find('acme', 'erp');
    if (connection === undefined) throw new Error('no connection');
    const times = { startLinkSeconds: 300, idleMinutes: 60, absoluteMinutes: 60, tokenDigest: 't' };
    const sample = { ...sampleTransmission(connection), returnUrl: 'https://buyer.example.com/return' };
    await transmissions.create({ ...sample, ...times });
    const active = await transmissions.claim(sample, { tokenDigest: 't', claimDigest: 'c', idleMinutes: 60 });
    if (active === undefined) throw new Error('not claimed');
    const event = { transmission: active, connection, cart: sampleCart() };
    const payload = cartEncoder('https://shop.example').encode(event);
    if (!payload.ok) throw new Error(payload.refusal.reason);
    const sent = sentCartOf(payload.value.payloadId, event);
    await transmissions.transfer(active, { cartRevision: active.cartRevision, payload: payload.value, sent });
    expect(await sentCarts.list('acme', 'erp', 5)).toMatchObject([{ transmissionId: sample.transmissionId }]);

    expect(await punchout({}, 'acme', 'erp')).toEqual({
      code: 0,
      out: '1 carts: none changes, 0 would be refused, 0 would be sent that are refused now.',
    });
    const changed = await punchout({ edit: '{"units":{"PCE":"EA"}}' }, 'acme', 'erp', '--settings', 'edit');
    expect(changed.code).toBe(0);
    expect(changed.out).toMatch(/- +\d+ +<UnitOfMeasure>PCE<\/UnitOfMeasure>\n +\+ +\d+ +<UnitOfMeasure>EA</);
    expect(changed.out).toContain('1 carts: 1 change,');
    const refused = await punchout(
      { edit: '{"mapping":{"promotions":"refuse"}}' },
      'acme',
      'erp',
      '--settings',
      'edit',
    );
    expect(refused).toMatchObject({
      code: 1,
      out: expect.stringContaining('would be refused: The cart has a discount, and this connection takes none.'),
    });
    const json = await punchout({ edit: JSON.stringify(GIVEN) }, 'acme', 'erp', '--all-settings', 'edit', '--json');
    expect(JSON.parse(json.out)).toMatchObject({ replayed: 1, changed: 0, carts: [] });
    await expect(punchout({}, 'acme', 'epr')).rejects.toThrow('did you mean erp?');
  });
});
