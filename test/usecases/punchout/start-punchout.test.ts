import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { idOf, postXml, setupXml, startUrlOf } from '../../support/call-ups.js';
import { freshData } from '../../support/fresh-data.js';
import { startShop } from '../../support/running-shop.js';
import { HTML } from '../../support/web-client.js';

describe('startPunchout', () => {
  let directory = '';
  beforeAll(async () => {
    directory = await freshData();
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('a repeated call-up after the secrets were rotated gets a new link that works', async () => {
    const document = setupXml();
    const ids = [];
    for (const secret of ['first', 'second']) {
      const shop = await startShop({ directory }, '', {
        connector: { secrets: [`${secret}-secret-of-at-least-32-characters`] },
      });
      const startUrl = startUrlOf(await postXml(shop.browser(), document));
      ids.push(idOf(startUrl));
      if (secret === 'second') expect((await shop.browser().get(startUrl, HTML)).status).toBe(303);
      await shop.close();
    }
    expect(new Set(ids).size).toBe(2);
  }, 60_000);
});
