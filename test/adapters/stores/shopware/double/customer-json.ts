import type { Criteria } from './product-json.js';
import { type DoubleCustomer, ENGLISH_ID, SALES_CHANNEL_ID } from './shop-data.js';

/** Of POST /api/search/customer. */
export interface CustomerFilter {
  type: string;
  field?: string;
  value?: string;
  queries?: CustomerFilter[];
}

export function isAsked(customer: DoubleCustomer, filters: CustomerFilter[]): boolean {
  return filters.every(({ type, field, value, queries = [] }) => {
    if (type === 'multi') return queries.some((each) => isAsked(customer, [each]));
    return (field === 'email' ? customer.email : customer.customerNumber) === value;
  });
}

/** A customer of the Admin API, with the requested fields. */
export function customerJson(
  {
    id,
    customerNumber,
    email,
    guest,
    active,
    taxState,
    groupId,
    vatIds,
    tagIds,
    customFields,
    ...more
  }: DoubleCustomer,
  { includes }: Criteria,
): object {
  const address = {
    id: `${id.slice(0, 31)}a`,
    countryId: 'de',
    salutationId: 'mr',
    firstName: 'Max',
    lastName: 'Mustermann',
    street: 'Neustrasse 22',
    zipcode: '12345',
    city: 'Neustadt',
  };
  const customer = {
    groupId: groupId ?? taxState,
    salesChannelId: SALES_CHANNEL_ID,
    languageId: ENGLISH_ID,
    defaultPaymentMethodId: 'pay',
    salutationId: 'mr',
    defaultBillingAddressId: address.id,
    customerNumber,
    firstName: 'Max',
    lastName: 'Mustermann',
    company: 'Acme Corp.',
    email,
    active,
    guest,
    boundSalesChannelId: null,
    customFields: customFields ?? { punchout_system: 'SYS-1' },
    title: more.title ?? null,
    affiliateCode: more.affiliateCode ?? null,
    campaignCode: more.campaignCode ?? null,
    birthday: more.birthday ?? null,
    firstLogin: more.firstLogin ?? null,
    vatIds: vatIds ?? null,
    tagIds: tagIds ?? null,
    defaultBillingAddress: address,
    defaultShippingAddress: address,
    id,
    apiAlias: 'customer',
  };
  const fields = includes?.customer;
  return fields === undefined
    ? customer
    : Object.fromEntries(Object.entries(customer).filter(([name]) => name === 'apiAlias' || fields.includes(name)));
}
