import { beforeAll, expect, it } from '@jest/globals';
import { OPERATOR_OPERATIONS, OPERATOR_ROLES, roleMay } from '../../../src/domain/access/operator-roles.js';
import { describeShop } from '../../support/running-shop.js';
import { ROUTES } from './console-routes.js';
import { addOperators, emailOf, idOf, signedIn } from './console-visitor.js';

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
