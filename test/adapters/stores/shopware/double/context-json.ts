import { CURRENCIES, type DoubleCustomer, ENGLISH_ID, SALES_CHANNEL_ID } from './shop-data.js';

export interface ContextState {
  token: string;
  customer: DoubleCustomer | undefined;
  currencyId: string;
  permissions: string[];
  countryIso?: string | undefined;
}

const ROUNDING = {
  decimals: 2,
  interval: 0.01,
  roundForNet: true,
  apiAlias: 'shopware_core_framework_data_abstraction_layer_pricing_cash_rounding_config',
};

/** A SalesChannelContext, with the fields that are read. */
export function contextJson(
  { token, customer, currencyId, permissions, countryIso }: ContextState,
  languageId: string,
): object {
  const currency = CURRENCIES.find(({ id }) => id === currencyId);
  const taxState = customer?.taxState ?? 'gross';
  return {
    token,
    currentCustomerGroup: {
      name: customer === undefined ? 'Standard customer group' : 'B2B',
      displayGross: taxState === 'gross',
      apiAlias: 'customer_group',
    },
    currency: {
      isoCode: currency?.isoCode ?? '',
      factor: currency?.factor ?? 1,
      itemRounding: ROUNDING,
      totalRounding: ROUNDING,
      id: currencyId,
      apiAlias: 'currency',
    },
    salesChannel: { id: SALES_CHANNEL_ID, apiAlias: 'sales_channel' },
    customer:
      customer === undefined
        ? null
        : {
            customerNumber: customer.customerNumber,
            email: customer.email,
            guest: customer.guest,
            id: customer.id,
            apiAlias: 'customer',
          },
    shippingLocation: {
      country: { iso: customer === undefined ? (countryIso ?? 'DE') : 'DE', apiAlias: 'country' },
      state: null,
      apiAlias: 'cart_delivery_shipping_location',
    },
    permissions: permissions.length === 0 ? [] : Object.fromEntries(permissions.map((name) => [name, true])),
    permisionsLocked: false,
    imitatingUserId: null,
    context: {
      languageIdChain: [...new Set([languageId, ENGLISH_ID])],
      currencyId,
      currencyFactor: currency?.factor ?? 1,
      taxState,
      rounding: ROUNDING,
      apiAlias: 'context',
    },
    itemRounding: ROUNDING,
    totalRounding: ROUNDING,
    states: [],
    apiAlias: 'sales_channel_context',
  };
}
