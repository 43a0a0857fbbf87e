export const english = {
  sub: 'What holds for the whole tenant. An empty field has not been set: its default is in force.',
  name: 'Name',
  nameHint: 'Shown in this console.',
  groups: { general: 'Tenant', connectionDefaults: 'Where a connection says nothing else' },
  done: 'Saved.',
  hint: 'Connections may set other values for themselves.',
  /** What each setting means; as in docs/reference/settings.md. */
  fields: {
    frontendOrigins: "Origins of the shop's frontends that may call this server, such as https://shop.example.com.",
    currency: 'Currency of figures that have none, such as EUR.',
    messageDays: 'Days that the message log keeps documents.',
    cartDays: 'Days that transferred carts are kept.',
    sessionDays: 'Days after its call-up that a session is kept. Figures and orders stay.',
    customerKeys: "Public keys of the shop's customer tokens (JWK with kid and alg). Never a private key.",
    orderSteps: 'Allowed steps from each status of an order to others; every status has an entry.',
    'connectionDefaults.idleMinutes': 'A session ends after so many minutes without activity.',
    'connectionDefaults.absoluteMinutes': 'A session ends after so many minutes in any case.',
    'connectionDefaults.startToken': 'jwt: the start link carries a signed token that expires after 5 minutes.',
    'connectionDefaults.allowedAddresses': 'Addresses and networks that callers may come from. None: from everywhere.',
    'connectionDefaults.requestsPerMinute':
      'Call-ups a minute of a connection; 0 for no limit. Of an API key its requests, 60,000 if this is not set.',
    'connectionDefaults.requestsPerAddress': 'The same for each client address; 0 for no limit.',
  } as Readonly<Record<string, string>>,
};
