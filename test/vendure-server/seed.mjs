/** What the product import cannot say: languages, currencies, a channel with gross prices, promotions, shipping. */
export async function seed(url, startJobs) {
  let token = '';
  const ask = async (query, variables = {}, channel) => {
    const answer = await fetch(`${url}/admin-api`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        ...(channel === undefined ? {} : { 'vendure-token': channel }),
      },
      body: JSON.stringify({ query, variables }),
    });
    token = answer.headers.get('vendure-auth-token') || token;
    const { data, errors } = await answer.json();
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    for (const value of Object.values(data)) if (value?.errorCode !== undefined) throw new Error(JSON.stringify(value));
    return data;
  };
  const failing = '... on ErrorResult { errorCode message }';

  await ask('mutation { login(username: "superadmin", password: "superadmin") { __typename ' + failing + ' } }');
  await ask(`mutation { updateGlobalSettings(input: { availableLanguages: [en, de] }) { __typename ${failing} } }`);
  const { activeChannel, zones, productVariants, products } = await ask(`{
    activeChannel { id token } zones { items { id name } }
    productVariants(options: { take: 100 }) { items { id sku price } }
    products(options: { take: 100 }) { items { id slug } }
  }`);
  const zone = zones.items.find(({ name }) => name === 'Europe').id;
  const common = {
    defaultLanguageCode: 'en',
    availableLanguageCodes: ['en', 'de'],
    availableCurrencyCodes: ['EUR', 'CHF'],
    defaultCurrencyCode: 'EUR',
    defaultTaxZoneId: zone,
    defaultShippingZoneId: zone,
  };
  await ask(`mutation ($input: UpdateChannelInput!) { updateChannel(input: $input) { __typename ${failing} } }`, {
    input: { id: activeChannel.id, token: 'net', pricesIncludeTax: false, ...common },
  });
  const { createChannel: gross } = await ask(
    `mutation ($input: CreateChannelInput!) { createChannel(input: $input) { ... on Channel { id } ${failing} } }`,
    { input: { code: 'gross', token: 'gross', pricesIncludeTax: true, ...common } },
  );

  const pricesOf = (price) => [
    { currencyCode: 'EUR', price },
    { currencyCode: 'CHF', price: Math.ceil(price * 1.07) },
  ];
  await ask('mutation ($input: [UpdateProductVariantInput!]!) { updateProductVariants(input: $input) { id } }', {
    input: productVariants.items.map(({ id, price }) => ({ id, prices: pricesOf(price) })),
  });
  await ask('mutation ($input: AssignProductsToChannelInput!) { assignProductsToChannel(input: $input) { id } }', {
    input: { channelId: gross.id, productIds: products.items.map(({ id }) => id), priceFactor: 1 },
  });
  await ask(
    'mutation ($input: [UpdateProductVariantInput!]!) { updateProductVariants(input: $input) { id } }',
    { input: productVariants.items.map(({ id, price }) => ({ id, prices: pricesOf(price) })) },
    'gross',
  );
  const { shippingMethods, collections } = await ask(
    '{ shippingMethods { items { id } } collections(options: { take: 100 }) { items { id name } } }',
  );
  await ask(
    'mutation ($input: AssignShippingMethodsToChannelInput!) { assignShippingMethodsToChannel(input: $input) { id } }',
    { input: { channelId: gross.id, shippingMethodIds: shippingMethods.items.map(({ id }) => id) } },
  );
  await ask(
    'mutation ($input: AssignCollectionsToChannelInput!) { assignCollectionsToChannel(input: $input) { id } }',
    { input: { channelId: gross.id, collectionIds: collections.items.map(({ id }) => id) } },
  );
  const { stockLocations, facets } = await ask('{ stockLocations { items { id } } facets { items { id } } }');
  await ask('mutation ($input: AssignFacetsToChannelInput!) { assignFacetsToChannel(input: $input) { id } }', {
    input: { channelId: gross.id, facetIds: facets.items.map(({ id }) => id) },
  });
  await ask(
    'mutation ($input: AssignStockLocationsToChannelInput!) { assignStockLocationsToChannel(input: $input) { id } }',
    { input: { channelId: gross.id, stockLocationIds: stockLocations.items.map(({ id }) => id) } },
  );
  const hidden = products.items.find(({ slug }) => slug === 'hidden').id;
  await ask('mutation ($id: ID!) { updateProduct(input: { id: $id, enabled: false }) { id } }', { id: hidden });

  const shirt = productVariants.items.filter(({ sku }) => sku.startsWith('SKU-SHIRT')).map(({ id }) => id);
  const argument = (name, value) => ({ name, value: JSON.stringify(value) });
  const promotion = async (name, couponCode, conditions, actions) => {
    const input = {
      enabled: true,
      ...(couponCode === undefined ? {} : { couponCode }),
      translations: [
        { languageCode: 'en', name },
        { languageCode: 'de', name: `${name} (de)` },
      ],
      conditions,
      actions,
    };
    const { createPromotion } = await ask(
      'mutation ($input: CreatePromotionInput!) { createPromotion(input: $input) { ... on Promotion { id } ' +
        `${failing} } }`,
      { input },
    );
    await ask(
      'mutation ($input: AssignPromotionsToChannelInput!) { assignPromotionsToChannel(input: $input) { id } }',
      { input: { channelId: gross.id, promotionIds: [createPromotion.id] } },
    );
  };
  await promotion(
    'Ten percent off',
    'TEN',
    [],
    [{ code: 'order_percentage_discount', arguments: [argument('discount', 10)] }],
  );
  await promotion(
    'Three euros off',
    'THREE',
    [],
    [{ code: 'order_fixed_discount', arguments: [argument('discount', 300)] }],
  );
  await promotion('Free delivery', 'FREE', [], [{ code: 'free_shipping', arguments: [] }]);
  await promotion(
    'Shirts a third off',
    undefined,
    [{ code: 'contains_products', arguments: [argument('minimum', 3), argument('productVariantIds', shirt)] }],
    [
      {
        code: 'products_percentage_discount',
        arguments: [argument('discount', 33), argument('productVariantIds', shirt)],
      },
    ],
  );
  await ask(
    'mutation { createCustomer(input: { firstName: "Berta", lastName: "Buyer", emailAddress: "berta@acme.test" }, ' +
      `password: "throwaway-password") { ... on Customer { id } ${failing} } }`,
  );
  const isBusy = async () =>
    (await ask('{ jobs(options: { take: 100, sort: { createdAt: DESC } }) { items { isSettled } } }')).jobs.items.some(
      ({ isSettled }) => !isSettled,
    );
  const settled = async () => {
    while (await isBusy()) await new Promise((resolve) => setTimeout(resolve, 100));
  };
  await startJobs();
  await settled();
  for (const channel of ['net', 'gross']) await ask('mutation { reindex { id } }', {}, channel);
  await settled();
}
