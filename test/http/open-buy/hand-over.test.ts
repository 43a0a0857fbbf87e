import { expect, it } from '@jest/globals';
import { describeShop } from '../../support/running-shop.js';
import { askAdmin } from '../admin/admin-calls.js';
import { openBuyKey } from './open-buy-calls.js';

describeShop('the hand-over sheet of a connection that Coupa searches', {}, (shop) => {
  const openBuyOf = async (connection: string): Promise<string[]> => {
    const { addresses } = (await askAdmin(shop(), 'adminGetHandOver', { params: { connection } })).json().data;
    return addresses.filter(({ use }: { use: string }) => use === 'open_buy').map(({ url }: { url: string }) => url);
  };

  it('has the base address of Open Buy while a key or a client of the connection works', async () => {
    expect(await openBuyOf('company-cxml')).toEqual([]);
    const { id } = await openBuyKey(shop());
    expect(await openBuyOf('company-cxml')).toEqual([`${shop().url}/open-buy`]);
    expect(await openBuyOf('company-oci')).toEqual([]);
    await askAdmin(shop(), 'adminRevokeKey', { params: { key: id } });
    expect(await openBuyOf('company-cxml')).toEqual([]);
    const body = { client_id: 'coupa-sheet', name: 'Coupa', scopes: ['open-buy'], connection: 'company-cxml' };
    await askAdmin(shop(), 'adminAddClient', { body });
    expect(await openBuyOf('company-cxml')).toEqual([`${shop().url}/open-buy`]);
    await askAdmin(shop(), 'adminRevokeClient', { params: { client: 'coupa-sheet' } });
    expect(await openBuyOf('company-cxml')).toEqual([]);
  });
});
