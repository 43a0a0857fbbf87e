const facet = (...facetValueNames) => [{ code: 'facet-value-filter', args: { facetValueNames, containsAny: false } }];

export const initialData = {
  defaultLanguage: 'en',
  defaultZone: 'Europe',
  countries: [
    { name: 'Germany', code: 'DE', zone: 'Europe' },
    { name: 'Austria', code: 'AT', zone: 'Europe' },
    { name: 'Switzerland', code: 'CH', zone: 'Europe' },
  ],
  taxRates: [
    { name: 'Standard', percentage: 19 },
    { name: 'Reduced', percentage: 7 },
    { name: 'Zero', percentage: 0 },
  ],
  shippingMethods: [{ name: 'Standard Shipping', price: 490, taxRate: 19 }],
  paymentMethods: [
    {
      name: 'Standard Payment',
      handler: { code: 'dummy-payment-handler', arguments: [{ name: 'automaticSettle', value: 'false' }] },
    },
  ],
  collections: [
    { name: 'Office', filters: facet('office') },
    { name: 'Pens & Markers', filters: facet('office', 'pens'), parentName: 'Office' },
    { name: 'Tools', filters: facet('tools') },
  ],
};
