export const english = {
  title: (name: string): string => `Hand-over sheet for ${name}`,
  sub:
    'What the IT of the buyer enters into its procurement system. Nothing on this page is secret: print it or ' +
    'send it.',
  print: 'Print this page with your browser: menus and buttons are left out.',
  addresses: 'Addresses',
  uses: {
    cxml: 'Punchout address (PunchOutSetupRequest, by POST)',
    oci: 'Catalog address (OCI call-up)',
    repost: 'Address of the clone request',
  },
  order: 'Order address (OrderRequest, by POST)',
  access: 'Access data',
  secretGoes: 'given separately',
  secretHere: 'shown once: store it now',
  returns: 'Carts come back to',
  returnsHint:
    'Only to these addresses. If your system posts carts to another host, or forwards to one, tell the shop ' +
    'before the ' +
    'first test: otherwise the call-up is refused.',
  returnsMiddlewareHint: 'The gateway_base_url of a clone request must begin with one of these addresses.',
  checklist: 'Checklist',
  checks: {
    cxml: [
      'Enter the punchout address and the access data above. From and Sender carry the same identity.',
      'Let the punchout open in a window of its own, or in a frame at full width. Pop-ups of the shop are not needed.',
      'Do not let a mail scanner or link checker open the start page: it works once.',
      'Send a test call-up. The answer has Status 200 and a StartPage, or says in words what is wrong.',
      'Send a cart with each unit of measure that you buy in, and compare it line by line.',
      'Enter the order address if orders shall go to the shop as documents.',
    ],
    oci: [
      'Enter the catalog address and the fields above. Send user name and password by POST; in the address ' +
        'only if that is agreed.',
      'Leave HOOK_URL to your system: it sets it for each call-up.',
      'Let the catalog open in a window of its own, or in a frame at full width.',
      'Send a test cart with each unit of measure that you buy in: OCI drops unknown units without a word.',
      'Compare prices, price units and article numbers line by line.',
    ],
    repost: [
      'Enter the address of the clone request and the api_key. The key stays on your server, not in the browser.',
      'Send username and end_customer_id exactly as above.',
      'Open the sso_url of the answer in the browser of the buyer, once and at once.',
      'Take the cart at gateway_base_url + /start-sso-checkout, and compare it line by line.',
    ],
  },
  whereToEnter: (name: string): string => `Where to enter this: ${name}`,
  platform: (name: string): string => `About ${name}`,
  toDo: 'What to do',
  known: 'How well this is known',
  samples: 'Sample documents',
  sampleTitles: { call_up: 'A call-up', cart: 'A cart, as the shop sends it' },
  download: 'Download',
  copy: 'Copy',
  cut: (lines: number): string => `${lines} more lines are not shown here.`,
  acceptance: {
    title: 'Acceptance',
    hint: "What the buyer's system has done, of its newest 1,000 sessions. Tests of yours do not count.",
    step: 'Step',
    state: 'State',
    when: 'Last seen',
    seen: 'seen',
    open: 'not yet',
    steps: {
      call_up: 'Call-up arrived',
      login: 'Buyer logged in',
      cart: 'Cart given back',
      order: 'Purchase order received',
    },
  },
  linkTitle: 'A link for the IT of the buyer',
  linkHint: (days: number): string =>
    `The link shows this sheet without a sign-in, once, within ${days} days. Send it to one person. If it was opened ` +
    'before they did, revoke the secret and make another link.',
  withSecret: 'With a new secret, which nobody else sees',
  without: 'Without a secret',
  replaces: 'There are two secrets already: a new one replaces the older of them.',
  makeLink: 'Make the link',
  made: 'The link. It is shown only now: copy it before you leave this page.',
  links: 'Links made before',
  columns: { made: 'Made', by: 'By', state: 'State' },
  openedAt: 'opened',
  waiting: 'not opened yet, valid until',
  lost: 'Somebody changed this connection while your page was open. No link was made: look, and make it again.',
  doorTitle: 'Access data for a punchout',
  doorText:
    'Somebody at the shop made this page for you. It shows once how your procurement system is connected, with the ' +
    'secret if there is one. Open it when you can store what it shows.',
  doorButton: 'Show it now',
  onceMore: 'This page is shown this one time. Print it, or store the secret now.',
  openedTitle: 'This link was opened already',
  openedText: 'It shows its data once. If it was not you, tell the shop: the secret must be replaced.',
  openedWhen: 'Opened',
  unknownTitle: 'This link does not exist, or its time is over',
  unknownText: 'Ask the shop for a new one.',
};
