import { randomUUID } from 'node:crypto';
import { VENDURE_URL } from './open-vendure.js';

export const ADMIN = { username: 'superadmin', password: 'superadmin' };

export interface VendureAdmin {
  // oxlint-disable-next-line typescript/no-explicit-any -- answers of the shop
  ask(query: string, variables?: object): Promise<any>;
  /**
   * A customer whose group saves this percentage. Vendure has no prices of a customer: the saving is a discount of the
   * cart. Returns the e-mail.
   */
  customerWith(discount: number): Promise<string>;
}

/** The Admin API of the server, signed in. */
export async function vendureAdmin(): Promise<VendureAdmin> {
  let token = '';
  const ask: VendureAdmin['ask'] = async (query, variables = {}) => {
    const answer = await fetch(`${VENDURE_URL}/admin-api`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token === '' ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    token ||= answer.headers.get('vendure-auth-token') ?? '';
    const { data, errors } = (await answer.json()) as { data: unknown; errors?: unknown };
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data;
  };
  await ask(
    'mutation ($username: String!, $password: String!) ' +
      '{ login(username: $username, password: $password) { __typename } }',
    ADMIN,
  );
  async function customerWith(discount: number): Promise<string> {
    const email = `plant-${randomUUID()}@acme.test`;
    const { createCustomer } = await ask(
      'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { ... on Customer { id } } }',
      { input: { firstName: 'Plant', lastName: String(discount), emailAddress: email } },
    );
    const { createCustomerGroup } = await ask(
      'mutation ($input: CreateCustomerGroupInput!) { createCustomerGroup(input: $input) { id } }',
      { input: { name: `minus ${discount}`, customerIds: [createCustomer.id] } },
    );
    const argument = (name: string, value: string) => ({ name, value });
    await ask(
      'mutation ($input: CreatePromotionInput!) { createPromotion(input: $input) { ... on Promotion { id } } }',
      {
        input: {
          enabled: true,
          translations: [{ languageCode: 'en', name: `Plant, minus ${discount}` }],
          conditions: [{ code: 'customer_group', arguments: [argument('customerGroupId', createCustomerGroup.id)] }],
          actions: [{ code: 'order_percentage_discount', arguments: [argument('discount', String(discount))] }],
        },
      },
    );
    return email;
  }

  return { ask, customerWith };
}
