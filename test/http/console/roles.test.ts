import { beforeAll, expect, it } from '@jest/globals';
import { OPERATOR_OPERATIONS, OPERATOR_ROLES, roleMay } from '../../../src/domain/access/operator-roles.js';
import { describeShop } from '../../support/running-shop.js';
import { addOperators, emailOf, idOf, signedIn } from './console-visitor.js';

/** Every route of the console behind a sign-in, with the operation that it needs and what it answers who may. */
const ROUTES = [
  ['GET', '', 'read_today', 200],
  ['GET', '/events', 'read_today', 303],
  ['GET', '/refusals', 'read_sessions', 200],
  ['GET', '/sessions', 'read_sessions', 200],
  ['GET', '/sessions/demo_aaaaaaaaaaaaaaaaaaaaaaaaaa', 'read_sessions', 404],
  ['GET', '/sessions/demo_aaaaaaaaaaaaaaaaaaaaaaaaaa/documents/1', 'read_documents', 404],
  ['GET', '/sessions/demo_aaaaaaaaaaaaaaaaaaaaaaaaaa/compare', 'read_sessions', 404],
  ['GET', '/sessions/demo_aaaaaaaaaaaaaaaaaaaaaaaaaa/bundle', 'read_documents', 404],
  ['GET', '/documents/1', 'read_documents', 404],
  ['GET', '/deliveries', 'read_deliveries', 200],
  ['POST', '/deliveries/hooks/none/pause', 'change_deliveries', 404],
  ['POST', '/deliveries/hooks/none/resume', 'change_deliveries', 404],
  ['POST', '/deliveries/hooks/none/replay', 'change_deliveries', 400],
  ['POST', '/deliveries/notices/resend', 'change_deliveries', 404],
  ['POST', '/deliveries/feeds/1/fetch', 'change_deliveries', 404],
  ['POST', '/deliveries/jobs/none/retry', 'change_deliveries', 404],
  ['GET', '/analytics', 'read_analytics', 200],
  ['GET', '/analytics/timeline.csv', 'read_analytics', 200],
  ['GET', '/orders', 'read_orders', 200],
  ['GET', '/orders/company-cxml?order=x', 'read_orders', 404],
  ['POST', '/orders/company-cxml/place', 'change_deliveries', 404],
  ['POST', '/orders/company-cxml/resend', 'change_deliveries', 404],
  ['GET', '/connections', 'read_connections', 200],
  ['GET', '/connections/company-cxml', 'read_connections', 200],
  ['POST', '/connections/company-cxml/credentials', 'change_connections', 400],
  ['POST', '/connections/company-cxml/credentials/none/remove', 'change_connections', 409],
  ['POST', '/connections/company-cxml/secrets', 'change_connections', 400],
  ['POST', '/connections/company-cxml/secrets/make', 'change_connections', 409],
  ['POST', '/connections/company-cxml/secrets/none/revoke', 'change_connections', 409],
  ['POST', '/connections/company-cxml/returns', 'change_connections', 400],
  ['POST', '/connections/company-cxml/state', 'change_connections', 409],
  ['GET', '/connections/new', 'change_connections', 200],
  ['POST', '/connections/new', 'change_connections', 400],
  ['GET', '/connections/company-cxml/setup/secret', 'change_connections', 200],
  ['POST', '/connections/company-cxml/setup/secret', 'change_connections', 409],
  ['GET', '/connections/company-cxml/setup/customer', 'change_connections', 200],
  ['POST', '/connections/company-cxml/setup/customer', 'change_connections', 409],
  ['GET', '/connections/company-cxml/test', 'test_connections', 200],
  ['GET', '/connections/company-cxml/tests/none', 'test_connections', 404],
  ['POST', '/connections/nobody/test', 'test_connections', 404],
  ['GET', '/connections/company-cxml/hand-over', 'change_connections', 200],
  ['POST', '/connections/company-cxml/hand-over', 'change_connections', 409],
  ['GET', '/connections/company-cxml/mapping', 'read_documents', 200],
  ['POST', '/connections/company-cxml/mapping', 'change_connections', 200],
  ['GET', '/connections/company-cxml/settings', 'read_connections', 200],
  ['POST', '/connections/company-cxml/settings', 'change_connections', 409],
  ['POST', '/connections/company-cxml/settings/json', 'change_connections', 400],
  ['GET', '/connections/company-cxml/remove', 'change_connections', 200],
  ['POST', '/connections/company-cxml/remove', 'change_connections', 409],
  ['GET', '/access', 'read_keys', 200],
  ['POST', '/access/keys', 'change_keys', 400],
  ['POST', '/access/keys/none/rotate', 'change_keys', 400],
  ['POST', '/access/keys/none/revoke', 'change_keys', 404],
  ['GET', '/access/clients', 'read_keys', 200],
  ['POST', '/access/clients', 'change_keys', 400],
  ['POST', '/access/clients/none/secrets', 'change_keys', 404],
  ['POST', '/access/clients/none/secrets/none/revoke', 'change_keys', 404],
  ['POST', '/access/clients/none/revoke', 'change_keys', 404],
  ['GET', '/access/shops', 'read_keys', 200],
  ['POST', '/access/shops', 'change_keys', 400],
  ['POST', '/access/shops/999/keys', 'change_keys', 404],
  ['POST', '/access/shops/999/keys/none/revoke', 'change_keys', 404],
  ['GET', '/access/sites', 'read_keys', 200],
  ['POST', '/access/sites', 'change_keys', 400],
  ['POST', '/access/sites/none/remove', 'change_keys', 404],
  ['GET', '/audit', 'read_audit', 200],
  ['POST', '/audit/verification', 'read_audit', 200],
  ['GET', '/operators', 'read_operators', 200],
  ['POST', '/operators', 'change_operators', 400],
  ['POST', '/operators/nobody/role', 'change_operators', 400],
  ['POST', '/operators/nobody/state', 'change_operators', 404],
  ['GET', '/account', 'manage_own_account', 200],
  ['POST', '/account/password', 'manage_own_account', 403],
  ['POST', '/account/sign-ins/none/end', 'manage_own_account', 303],
  ['POST', '/sign-out', 'manage_own_account', 303],
] as const;

describeShop('what each role may do in the console', {}, (shop) => {
  beforeAll(async () => {
    await addOperators(shop());
    await addOperators(shop(), 'rival');
  });

  it('the routes cover all operations', () => {
    expect([...new Set(ROUTES.map(([, , operation]) => operation))].toSorted()).toEqual(OPERATOR_OPERATIONS.toSorted());
  });

  it.each(OPERATOR_ROLES)('%s: what the table allows, and nothing else', async (role) => {
    for (const [method, path, operation, status] of ROUTES) {
      const operator = await signedIn(shop(), emailOf(role));
      const answer = method === 'GET' ? await operator.get(path) : await operator.post(path);
      const told = `${method} ${path}: ${answer.status}`;
      if (roleMay(role, operation)) expect(told).toBe(`${method} ${path}: ${status}`);
      else {
        expect(told).toBe(`${method} ${path}: 403`);
        expect(answer.text).toContain('Your role may not do that');
      }
    }
  });

  it('nobody: every page leads to the sign-in page, and every change too', async () => {
    for (const [method, path] of ROUTES) {
      const browser = shop().browser();
      const answer =
        method === 'GET'
          ? await browser.get(`/console${path}`)
          : await browser.post(`/console${path}`, { state: 'active' });
      expect([answer.status, new URL(answer.location).pathname]).toEqual([303, `${shop().prefix}/console/sign-in`]);
    }
  });

  it('operators of another tenant are unknown, and stay as they are', async () => {
    const owner = await signedIn(shop(), emailOf('owner'));
    const id = idOf('viewer', 'rival');
    expect((await owner.get('/operators')).text).not.toContain('rival');
    expect((await owner.post(`/operators/${id}/state`, { state: 'disabled' })).status).toBe(404);
    expect((await owner.post(`/operators/${id}/role`, { role: 'owner' })).status).toBe(404);
    const after = await shop().connector.directory.operators.find('rival', id);
    expect([after?.role, after?.disabledAt]).toEqual(['viewer', undefined]);
  });
});
