export const english = {
  heading: 'Try it as the buyer would',
  hint:
    'The console sends a real call-up with the names of this connection to the public address of the shop, and opens ' +
    'the shop. The cart comes back here. The test has a secret of its own, which ends with the call-up, and its ' +
    'session counts in no figure.',
  start: 'Start a test punchout',
  again: 'Start another test',
  disabled: 'The connection is disabled: its call-ups are refused. Switch it on first.',
  toCustomer: 'To the step that switches it on',
  noName: 'The connection has no name to call up by. Add one on its page.',
  accepted: 'The shop accepted the call-up.',
  open: 'Open the shop in a new tab',
  openHint:
    'The link works once, for a few minutes. Put something into the cart, try the checkout, which must be ' +
    'closed, and ' +
    'transfer the cart. What came back is shown there.',
  result: 'See what came back',
  refused: 'The shop refused the call-up.',
  unreachable: (reason: string): string => `This server did not reach its own public address: ${reason}`,
  unreachableHint:
    'A buyer may still reach it. If it stands behind a proxy, let the server reach the public address too: the ' +
    'test goes the way of a buyer.',
  what: 'What it means',
  remedy: 'What to do',
  sent: 'Sent: the call-up, without its secret',
  received: 'Received: the answer',
  copy: 'Copy',
  cut: (lines: number): string => `${lines} more lines are not shown here.`,
  tests: 'Tests of the last day',
  columns: { when: 'When', by: 'By', state: 'What came back', session: 'Session' },
  states: { back: 'a cart', waiting: 'nothing yet', refused: 'refused' },
  show: 'Show',
  session: 'Session',
  skip: 'Go on without a test',
  next: 'Continue',
  resultTitle: (name: string): string => `Test of ${name}`,
  waiting: 'No cart has come back yet',
  waitingText: 'Transfer the cart in the tab of the shop, then load this page again.',
  reload: 'Load again',
  back: 'The cart came back',
  empty: 'An empty cart came back',
  clean: 'The checker has no objection to the document.',
  findings: (count: number): string =>
    count === 1 ? 'The checker has one remark.' : `The checker has ${count} remarks.`,
  preflight: 'What the shop’s own check said before it sent this',
  error: 'Error',
  warning: 'Warning',
  line: (line: number): string => `line ${line}`,
  article: 'Article',
  quantity: 'Quantity',
  price: 'Price',
  amount: 'Amount',
  total: 'Total, net',
  document: 'The document as it came',
  done: 'It works. The last step hands the connection over to the buyer.',
};
