import type { OperatorRole } from '../../../src/domain/access/operator-roles.js';
import { digestOf } from '../../../src/domain/digest.js';
import type { RunningShop } from '../../support/running-shop.js';
import type { Answer, WebClient } from '../../support/web-client.js';

export const PASSWORD = 'a-password-for-tests';
/** Headers of a form on one of our own pages. */
export const OWN_FORM = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' };

export const emailOf = (role: OperatorRole, tenantId = 'demo'): string => `${role}@${tenantId}.test`;
export const idOf = (role: OperatorRole, tenantId = 'demo'): string => `op_${tenantId}_${role}`;

/** One operator of each role; a tenant that is missing is made. */
export async function addOperators(shop: RunningShop, tenantId = 'demo'): Promise<void> {
  const { tenants, operators } = shop.connector.directory;
  if ((await tenants.find(tenantId)) === undefined)
    await tenants.save({ tenantId, name: tenantId, settings: { frontendOrigins: [] } });
  for (const role of ['viewer', 'engineer', 'owner'] as const)
    await operators.add(
      { tenantId, operatorId: idOf(role, tenantId), email: emailOf(role, tenantId), name: role, role, demo: false },
      PASSWORD,
    );
}

export interface Operating {
  browser: WebClient;
  get(path: string): Promise<Answer>;
  /** Posts with the token of the session, as a form of our page does. */
  post(path: string, fields?: Record<string, string>, headers?: Record<string, string | undefined>): Promise<Answer>;
  formToken: string;
}

export async function signedIn(shop: RunningShop, email: string, password = PASSWORD): Promise<Operating> {
  const browser = shop.browser();
  const answer = await browser.post('/console/sign-in', { email, password, next: '' }, OWN_FORM);
  if (answer.status !== 303) throw new Error(`the sign-in answers ${answer.status}: ${answer.text}`);
  const formToken = digestOf(`form token\n${[...browser.cookies.values()][0]}`).slice(0, 43);
  return {
    browser,
    formToken,
    get: (path) => browser.get(`/console${path}`),
    post: (path, fields = {}, headers = {}) =>
      browser.post(`/console${path}`, { form_token: formToken, ...fields }, { ...OWN_FORM, ...headers }),
  };
}
