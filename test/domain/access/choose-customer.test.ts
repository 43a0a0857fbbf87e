import { describe, expect, it } from '@jest/globals';
import { addressIdOf, type CallUpFacts, ruledCustomer } from '../../../src/domain/access/choose-customer.js';
import type { StoreAccount } from '../../../src/domain/access/connection.js';

const NORTH = { number: '10042' };
const SOUTH = { email: 'south@example.com' };
const facts = (more: Partial<CallUpFacts> = {}): CallUpFacts => ({ extrinsics: [], ...more });
const from = (domain: string, identity: string) => ({ from: [{ domain, identity }], to: [], sender: [] });

describe('ruledCustomer', () => {
  const account: StoreAccount = {
    customer: { number: '1' },
    customerRules: [
      { extrinsic: { name: 'CostCenter', value: '4711' }, customer: NORTH },
      { credential: { domain: 'NetworkId', identity: 'AN02' }, customer: SOUTH },
      { credential: { identity: 'plant-south' }, customer: SOUTH },
    ],
  };

  it.each([
    ['an Extrinsic', facts({ extrinsics: [{ name: 'CostCenter', value: '4711' }] }), NORTH],
    ['an Extrinsic in another spelling', facts({ extrinsics: [{ name: 'cost center', value: ' 4711 ' }] }), NORTH],
    ['a further OCI parameter', facts({ oci: { extra: [{ name: 'COST_CENTER', value: '4711' }] } }), NORTH],
    ['a credential of From', facts({ parties: from('networkid', 'an02') }), SOUTH],
    ['a credential of any domain', facts({ parties: from('PrivateID', 'plant-south') }), SOUTH],
    ['the user name of OCI', facts({ oci: { username: 'Plant-South', extra: [] } }), SOUTH],
  ])('chooses by %s', (_, said, customer) => {
    expect(ruledCustomer(account, said)).toEqual({ customer, by: 'rule' });
  });

  it.each([
    ['another value', facts({ extrinsics: [{ name: 'CostCenter', value: '47110' }] })],
    ['another domain', facts({ parties: from('DUNS', 'AN02') })],
    [
      'a name of Sender only',
      facts({ parties: { ...from('DUNS', '1'), sender: [{ domain: 'NetworkId', identity: 'AN02' }] } }),
    ],
    ['nothing', facts()],
  ])('%s: the usual customer', (_, said) => {
    expect(ruledCustomer(account, said)).toEqual({ customer: { number: '1' }, by: 'connection' });
  });

  it('the first rule that fits counts, and without any customer the store chooses', () => {
    const said = facts({ extrinsics: [{ name: 'CostCenter', value: '4711' }], parties: from('NetworkId', 'AN02') });
    expect(ruledCustomer(account, said)?.customer).toEqual(NORTH);
    expect(ruledCustomer({}, said)).toBeUndefined();
  });
});

describe('addressIdOf', () => {
  const shipTo = (addressId?: string) => facts({ shipTo: { name: 'Plant', deliverTo: [], street: [], addressId } });

  it('is read where the connection uses it, without blanks around it', () => {
    expect(addressIdOf({ shipTo: 'default' }, shipTo(' 0100 '))).toBe('0100');
    expect(addressIdOf({ shipTo: 'refuse' }, shipTo('0100'))).toBe('0100');
  });

  it.each([
    ['the connection ignores it', {}, shipTo('0100')],
    ['there is no ShipTo', { shipTo: 'refuse' } as const, facts()],
    ['ShipTo has no id', { shipTo: 'refuse' } as const, shipTo()],
  ])('undefined: %s', (_, account, said) => {
    expect(addressIdOf(account, said)).toBeUndefined();
  });
});
