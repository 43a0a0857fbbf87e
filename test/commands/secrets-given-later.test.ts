import { rm } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { withDirectory } from '../../src/commands/open-directory.js';
import { freshData } from '../support/fresh-data.js';
import { startShop } from '../support/running-shop.js';

const SECRET = 'a-secret-of-the-operator-of-32-characters';

describe('an installation that is given secrets later', () => {
  it('opens what was sealed before, and seals with the new ones', async () => {
    const directory = await freshData();
    const shopWith = (secrets?: string[]) => startShop({ directory }, '', { connector: { secrets } });
    try {
      const before = await shopWith();
      await before.connector.directory.connections.addSecret('demo', 'company-cxml', 'kept-for-mac', 'recoverable');
      await before.close();

      const after = await shopWith([SECRET]);
      const { connections, connectShops } = after.connector.directory;
      expect(await connections.recoverableSecrets('demo', 'company-cxml')).toEqual(['kept-for-mac']);
      expect((await connectShops.findSigner(1))?.keys).toEqual(['demo-connect-key']);
      await connectShops.addKey('demo', 1, 'a-new-key');
      await after.close();

      // The command line takes the same from SESSION_SECRET.
      const keys = (secrets: string[]): Promise<string[] | undefined> =>
        withDirectory(
          { database: { directory }, secrets },
          async (opened) => (await opened.connectShops.findSigner(1))?.keys,
        );
      expect(await keys([SECRET])).toEqual(['demo-connect-key', 'a-new-key']);
      expect(await keys(['another-secret-of-at-least-32-characters'])).toEqual(['demo-connect-key']);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }, 120_000);
});
