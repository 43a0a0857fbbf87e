export const english = {
  protocols: { cxml: 'cXML', oci: 'OCI', repost: 'middleware' },
  domain: 'Domain',
  domainHint: 'How the identity is to be read: NetworkId, DUNS, AribaNetworkUserId, or a word of the buyer.',
  identity: 'Identity',
  identityHint: 'What the buyer writes in From of its call-ups, without regard to letter case.',
  userName: 'User name',
  userNameHint: 'What the buyer sends as USERNAME, without regard to letter case.',
  secret: {
    cxml: 'SharedSecret of the buyer',
    oci: 'Password of the buyer',
    repost: 'api_key of the middleware',
  },
  secretHint: {
    cxml: 'Only a slow hash of it is stored: nobody can read it again.',
    oci: 'Only a slow hash of it is stored: nobody can read it again.',
    repost: '16 characters or more. Only a digest of it is stored: nobody can read it again.',
  },
  returns: 'Carts may go to',
  returnsHint:
    'One address a line: https://erp.example.com, or with a path, https://erp.example.com/punchout/. ' +
    'Ask the buyer for every host that takes carts, also those that it forwards to.',
  returnsHintMiddleware: 'The address of the middleware (its gateway_base_url), one a line.',
  faults: {
    missing: 'Enter a value.',
    too_long: 'This is too long: 255 characters are the most.',
    short_key: 'An api_key needs 16 characters or more: a shorter one can be guessed.',
    in_use: 'This api_key opens something else already; take another.',
    no_address: 'This is no address. Write https:// and a host, at most with a path, without ? and #.',
    not_https: 'The address must begin with https://. http is for this machine only.',
    no_id: 'Use 2 to 48 small letters, digits and hyphens, and begin with a letter or a digit.',
    taken: 'There is a connection with this id. Take another, or open that one.',
    no_number: 'Write whole numbers, one a line.',
    no_supplier:
      'Enter the identity by which the buyer knows the shop: the To of its call-ups. It stands in every cart, which ' +
      'would name a placeholder without it.',
    no_email: 'This is no e-mail address.',
  },
  inLine: (line: number, text: string): string => `Line ${line}: ${text}`,
};
