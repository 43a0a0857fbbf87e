const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;

export const english = {
  name: 'Virtual buyer',
  navigation: 'Pages',
  links: { start: 'Punch out', play: 'Play twenty', shop: 'Shop', console: 'Console' },
  again: 'Punch out again',
  copy: 'Copy',
  cut: (lines: number) => `${count(lines, 'more line is', 'more lines are')} not shown.`,
  error: 'error',
  warning: 'warning',
  document: {
    callUp: 'Sent: the call-up',
    setup: 'Sent: PunchOutSetupRequest',
    clone: 'Sent: the clone request',
    order: 'Sent: OrderRequest',
    answer: 'Received: the answer',
    cart: 'The document, as it came',
  },
  start: {
    title: 'Start',
    heading: 'Call up the shop, as a procurement system would',
    lead:
      "This page plays the buyer's side of a punchout. It calls the shop with the protocol of your choice, shows the " +
      'shop in a frame, takes the cart back, and says what it thinks of it.',
    choices: {
      cxml: {
        heading: 'cXML',
        text:
          "A PunchOutSetupRequest goes to the shop's server, which answers with a start page. The cart returns as a " +
          'PunchOutOrderMessage.',
        button: 'Punch out with cXML',
      },
      oci: {
        heading: 'OCI',
        text:
          'Your browser posts a form to the shop, as SAP does. The cart returns as NEW_ITEM fields, posted to the ' +
          'HOOK_URL.',
        button: 'Punch out with OCI',
      },
      repost: {
        heading: 'Middleware',
        text:
          "A middleware asks the shop's server to clone a user and sends you in by the link it gets. The cart " +
          'returns as a form with products[0][sku] and so on.',
        button: 'Punch out by a middleware',
      },
    },
    thenHeading: 'What to do then',
    then: [
      'Put a few things into the cart of the shop.',
      'Press "To checkout": the shop does not let you in and says why.',
      'Press "Transfer cart" and look at what arrives here.',
      'Order the cart, with another quantity or price if you like, and see the comparison.',
    ],
    playHeading: 'Or let twenty buyers do it',
    playText:
      'Twenty punchouts over all protocols: carts, orders, cancelled sessions and refused call-ups. They fill the ' +
      'console within a minute.',
    playLink: 'Play twenty punchouts',
  },
  frame: {
    title: (protocol: string) => `Shopping over ${protocol}`,
    middleware: 'a middleware',
    lead: 'The frame below is the shop, at the start page it answered with. Its cart comes back to this window.',
    formLead: 'If the frame stays empty:',
    open: 'Open the shop',
    frameTitle: 'The shop',
  },
  arriving: {
    title: 'Cart',
    heading: 'The cart has arrived',
    lead: 'It is shown in the whole window.',
    button: 'Show',
  },
  refused: {
    title: 'Refused',
    heading: 'The shop did not let us in',
    silent: 'It did not answer.',
    noStartPage: 'Its answer holds no start page; the Status in it says why.',
    noLink: 'Its answer holds no sso_url; its message says why.',
    noForm: (reason: string) => `What came back is no readable form: ${reason}`,
    noCart: 'There is no cart to order.',
    otherSite: 'This was asked for by another site, so nothing was done.',
    noOrderAnswer: 'The shop did not answer the order.',
  },
  cart: {
    title: 'Cart',
    heading: 'The cart is back',
    empty: 'An empty cart came back',
    clean: 'Our checker has nothing to say against it.',
    remarks: (number: number) => `Our checker has ${count(number, 'remark', 'remarks')}.`,
    caption: 'Lines of the cart',
    article: 'Article',
    quantity: 'Quantity',
    price: 'Price',
    amount: 'Amount',
    total: 'Total, net',
    preflight: "What the shop's pre-flight said before it sent this",
    orderHeading: 'Order this cart',
    orderText:
      "A purchase order (OrderRequest) goes to the shop's server, which compares it with the cart that it has sent. " +
      'Change a quantity or a price to see what it says then.',
    orderQuantity: (article: string) => `Ordered quantity of ${article}`,
    orderPrice: (article: string) => `Ordered price of ${article}`,
    orderButton: 'Order this cart',
  },
  order: {
    title: 'Order',
    taken: 'The shop has the order',
    refused: 'The shop did not take the order',
    noResponse: 'Its answer is no cXML Response.',
    number: 'Our number of it',
    heading: 'Order and cart',
    caption: 'Each line of the order beside the line of the cart',
    sent: 'In the cart',
    ordered: 'In the order',
    verdict: 'Comparison',
    same: 'same',
    inPlaceOf: (ordered: string, sent: string) => `${ordered} in place of ${sent}`,
    differs: {
      price: 'price differs',
      currency: 'currency differs',
      quantity: 'quantity differs',
      unit: 'unit differs',
      total: 'total differs',
      added: 'not in the cart',
      missing: 'not ordered',
      unidentified: 'no article number',
      expired: 'offer ended',
    },
  },
  play: {
    title: 'Play twenty',
    heading: 'Play twenty punchouts',
    lead:
      'Real requests to this server, as procurement systems and browsers send them: call-ups over cXML, OCI and a ' +
      'middleware, logins, carts, transfers, orders. Some are cancelled, some refused. It takes about 40 seconds; ' +
      'watch them arrive in the console.',
    button: 'Play twenty punchouts',
    again: 'Play twenty more',
    running: (done: number, all: number) => `${done} of ${all} are done.`,
    over: (done: number) => `${count(done, 'punchout was', 'punchouts were')} played.`,
    broken: 'The run has ended early, since the server did not answer.',
    progress: 'Progress',
    caption: 'The punchouts of this run',
    buyer: 'Buyer',
    protocol: 'Protocol',
    story: 'What happens',
    state: 'State',
    protocols: { cxml: 'cXML', oci: 'OCI', repost: 'Middleware' },
    stories: {
      sent: 'sends a cart',
      ordered: 'sends a cart and orders it',
      mismatched: 'orders more than was in the cart',
      blocked: 'tries the checkout, then sends the cart',
      left: 'leaves without a cart',
      cancelled: 'shops, and the buying system cancels',
      unopened: 'never opens the link',
      expired: 'opens the link too late',
      wrong_secret: 'calls up with a wrong secret',
      wrong_return: 'calls up with a return address that is not listed',
    },
    states: {
      waiting: 'waiting',
      running: 'running',
      done: 'done',
      refused: 'refused, as it should be',
      failed: 'failed',
    },
    look: 'See it in the console:',
    today: 'Today',
    sessions: 'Sessions',
    analytics: 'Analytics',
    connections: 'Connections',
  },
};
