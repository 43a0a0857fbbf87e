import { beforeAll, expect, it } from '@jest/globals';
import { describeShop, type RunningShop } from '../../support/running-shop.js';
import { PASSWORD, addOperators, emailOf, signedIn } from './console-visitor.js';

const keyIn = (page: string): string => /<code class="secret">(pk_[\w-]+)<\/code>/.exec(page)?.[1] ?? '';

async function opens(shop: RunningShop, key: string, path = '/v1/punchout/sessions'): Promise<boolean> {
  return (await shop.browser().get(path, { authorization: `Bearer ${key}` })).status === 200;
}

describeShop('API keys in the console', {}, (shop) => {
  beforeAll(async () => {
    await addOperators(shop());
    await addOperators(shop(), 'rival');
  });

  async function idOf(name: string): Promise<string> {
    const list = await shop().connector.directory.apiKeys.list('demo');
    const active = list.filter(
      (key) => key.name === name && key.revokedAt === undefined && key.expiresAt === undefined,
    );
    return active[0]?.keyId ?? '';
  }

  it('a key is shown once, works with its scopes, and is replaced and revoked', async () => {
    const owner = await signedIn(shop(), emailOf('owner'));
    const name = `ERP ${shop().prefix.length}`;
    const made = await owner.post('/access/keys', { name, kind: 'read' });
    const key = keyIn(made.text);
    expect([made.status, await opens(shop(), key), await opens(shop(), key, '/v1/admin/keys')]).toEqual([
      200,
      true,
      false,
    ]);
    expect((await owner.get('/access')).text).not.toContain(key);
    expect(shop().logged.join('\n')).not.toContain(key);

    const kept = keyIn((await owner.post(`/access/keys/${await idOf(name)}/rotate`, { grace: '7' })).text);
    expect([await opens(shop(), key), await opens(shop(), kept)]).toEqual([true, true]);
    expect((await owner.get('/access')).text).toMatch(/ends in [67] days/);

    const last = keyIn((await owner.post(`/access/keys/${await idOf(name)}/rotate`, { grace: '0' })).text);
    expect([await opens(shop(), kept), await opens(shop(), last)]).toEqual([false, true]);
    expect((await owner.post(`/access/keys/${await idOf(name)}/revoke`)).status).toBe(303);
    expect(await opens(shop(), last)).toBe(false);
    const { rows } = await shop().knex.raw<{ rows: { event: string; actor: string }[] }>(
      `select event, actor from audit where event like 'key-%' order by audit_id desc limit 4`,
    );
    expect(rows.map(({ event }) => event)).toEqual(['key-revoked', 'key-rotated', 'key-rotated', 'key-created']);
    expect(new Set(rows.map(({ actor }) => actor))).toEqual(new Set([`operator:${emailOf('owner')}`]));
  });

  it('a key for administration opens /v1/admin and nothing else', async () => {
    const owner = await signedIn(shop(), emailOf('owner'));
    const key = keyIn((await owner.post('/access/keys', { name: 'robot', kind: 'admin' })).text);
    expect([await opens(shop(), key, '/v1/admin/keys'), await opens(shop(), key)]).toEqual([true, false]);
  });

  it('changes ask for the own password after ten minutes', async () => {
    const owner = await signedIn(shop(), emailOf('owner'));
    await shop().knex.raw(`update operator_sign_in set proven_at = now() - interval '11 minutes'`);
    const fields = { name: 'late', kind: 'read' };
    expect((await owner.post('/access/keys', fields)).status).toBe(403);
    expect(keyIn((await owner.post('/access/keys', { ...fields, own_password: PASSWORD })).text)).not.toBe('');
  });

  it('a wrong form makes no key, and says what is wrong', async () => {
    const owner = await signedIn(shop(), emailOf('owner'));
    const before = (await shop().connector.directory.apiKeys.list('demo')).length;
    for (const fields of [
      { name: ' ', kind: 'read' },
      { name: 'x'.repeat(101), kind: 'read' },
      { name: 'x', kind: 'all' },
    ])
      expect((await owner.post('/access/keys', fields)).status).toBe(400);
    expect((await shop().connector.directory.apiKeys.list('demo')).length).toBe(before);
  });

  it('keys of another tenant are unknown', async () => {
    const owner = await signedIn(shop(), emailOf('owner'));
    const key = keyIn((await owner.post('/access/keys', { name: 'ours', kind: 'read' })).text);
    const stranger = await signedIn(shop(), emailOf('owner', 'rival'));
    const id = await idOf('ours');
    expect((await stranger.get('/access')).text).not.toContain(id);
    expect((await stranger.post(`/access/keys/${id}/revoke`)).status).toBe(404);
    expect((await stranger.post(`/access/keys/${id}/rotate`, { grace: '0' })).status).toBe(404);
    expect(await opens(shop(), key)).toBe(true);
  });
});
