import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import type { RunningShop } from './running-shop.js';
import { type Answer, JSON_WANTED, type WebClient } from './web-client.js';

export const CLONE = '/api/punchout/clone';
export const API_KEY = 'site-api-key-abc';

/** An example of Punchout Rocket's documentation, unchanged. */
export function rocketExample(name: string): string {
  return readFileSync(`test/fixtures/punchout-rocket/${name}`, 'utf8');
}

/** Punchout Rocket's create example without its product, with the changes of a test; undefined removes a field. */
export function cloneBody(change: Record<string, unknown> = {}): Record<string, unknown> {
  const { selected_item: _, ...body } = JSON.parse(rocketExample('clone-create.json'));
  return { ...body, ...change };
}

export function postClone(shop: Pick<RunningShop, 'browser'>, body: Record<string, unknown> | string): Promise<Answer> {
  return shop.browser().send(CLONE, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** The address to which the middleware sends its buyer. */
export async function ssoUrl(
  shop: Pick<RunningShop, 'browser'>,
  change: Record<string, unknown> = {},
): Promise<string> {
  const answer = await postClone(shop, cloneBody(change));
  expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('"status":"ok"')]);
  return answer.json().sso_url;
}

/** The transmission behind an SSO link. */
export function transmissionOf(url: string): string {
  return (new URL(url).searchParams.get('token') ?? '').split('.')[0] ?? '';
}

/** A browser that logged in by an SSO link, as a program. */
export async function shoppingByClone(
  shop: Pick<RunningShop, 'browser'>,
  change: Record<string, unknown> = {},
): Promise<{ client: WebClient; transmissionId: string; url: string; location: string }> {
  const url = await ssoUrl(shop, change);
  const client = shop.browser();
  const answer = await client.get(url, JSON_WANTED);
  expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('"active":true')]);
  return { client, transmissionId: transmissionOf(url), url, location: answer.json().location };
}

/** The accounts that the demo shop has created and not removed. */
export function accounts(shop: RunningShop): Promise<{ customer_id: string; template: string }[]> {
  return shop.knex('demo_customer').select('customer_id', 'template');
}
