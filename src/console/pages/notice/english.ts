export const english = {
  forbidden: {
    title: 'Your role may not do that',
    text: 'An owner can give you another role under Operators.',
  },
  unknown: {
    title: 'There is nothing here',
    text: 'The address is wrong, or what it showed belongs to somebody else or was deleted.',
  },
  stale: {
    title: 'This form is too old',
    text: 'It was made for another sign-in, or another site sent it. Nothing was changed. Open the page again.',
  },
  failed: {
    title: 'Something went wrong on our side',
    text: 'The log of the server tells more. Try again.',
  },
  refused: { title: 'This cannot be done', text: 'Nothing was changed.' },
  used: {
    title: 'This return address is not in use',
    text: 'It takes one cart of one test, within three hours. Start another test on the page of the connection.',
  },
  hop: { title: 'One moment', text: 'The page opens at once.' },
  back: 'To the start page',
  open: 'Open the page',
  reference: 'Reference',
};
