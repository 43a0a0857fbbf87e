import type { BuyerTexts } from './buyer-texts.js';
import { ENGLISH_ERROR_TEXTS } from './error-texts-english.js';

export const ENGLISH: BuyerTexts = {
  transfer: {
    title: 'Your cart is on its way',
    text: 'We are handing it over to {host}, where you can go on with your order.',
    items: 'Quantity',
    total: 'Total, net',
    target: 'Goes to',
    fallback: 'If nothing happens within a few seconds, please press the button.',
    button: 'Transfer cart now',
  },
  unchanged: {
    title: 'You are on your way back',
    text: 'We are taking you back to {host}. Nothing changes there.',
    target: 'Goes to',
    fallback: 'If nothing happens within a few seconds, please press the button.',
    button: 'Go back now',
  },
  cancel: 'Back to the shop',
  reference: 'Reference',
  confirm: {
    logout: {
      title: 'End this shopping session?',
      text: 'Another page asked us to end your session. Your cart will be discarded.',
      button: 'End session',
    },
    transfer: {
      title: 'Transfer your cart?',
      text:
        'Another page asked us to hand your cart over to your procurement system. After that it can no longer be ' +
        'changed here.',
      button: 'Transfer cart',
    },
    emptied: {
      title: 'Return an empty cart?',
      text:
        'You removed all items. If you transfer the empty cart, these lines are deleted in your procurement ' +
        'system as well.',
      button: 'Delete the lines',
    },
  },
  continueLogin: {
    title: 'Welcome to the shop',
    text: 'Your procurement system sent you here to fill a cart. Your session begins when you press the button.',
    button: 'Start shopping',
  },
  cookiesRefused: {
    title: 'Your browser keeps no cookies here',
    text:
      'The shop needs a cookie to know your cart, and your browser refused it, probably because this page is ' +
      'shown inside another one.',
    next: 'A window of its own usually helps. Your cart still returns to your procurement system.',
    button: 'Open the shop in a new window',
  },
  conflict: {
    title: 'You are already shopping',
    text: 'Another punchout session is open in this browser. One browser can fill one cart at a time.',
    next: 'If you continue, that session ends and its cart is discarded.',
    button: 'End that session and continue',
    keep: 'Keep that session',
  },
  redirect: { title: 'Redirecting to shop...', text: 'The shop opens in a moment.', link: 'Open the shop' },
  restored: {
    title: 'Your cart is not quite as it was',
    text: 'Since you last transferred this cart, something has changed in the shop:',
    link: 'To the cart',
  },
  differences: {
    gone: '{article} is no longer in the shop and was left out.',
    sold_out: '{article} is sold out and was left out.',
    invalid: '{article} cannot be bought in the quantity {requested} and was left out.',
    quantity_changed: '{article}: the quantity is now {got} instead of {requested}.',
    price_changed: '{article}: one unit now costs {now} instead of {claimed}.',
    discount_gone: 'The discount code {article} has no effect on this cart any more.',
  },
  restoring: {
    title: 'Your cart is being filled',
    text: 'We are putting its {count} items back. This page goes on by itself as soon as they are there.',
    link: 'Look again',
  },
  changed: {
    title: 'Your cart has changed',
    byShop: 'The shop has changed your cart. Nothing has been sent yet.',
    again: 'Your cart is no longer what you were shown. Nothing has been sent yet.',
    left: 'What is left:',
    items: 'Items',
    total: 'Total, net',
    nothing: 'Nothing is left in the cart.',
    button: 'Send the cart as it is now',
    link: 'Back to the cart',
  },
  notices: {
    line_dropped: '{article} is no longer in your cart.',
    quantity_changed: '{article}: the quantity is no longer the one you chose.',
    discount_dropped: '{article}: this discount no longer applies.',
  },
  ended: {
    title: 'There is no punchout session here',
    text: 'Your session has ended. A cart that was not transferred before that is discarded.',
    next: 'To shop again, start from your procurement system.',
    link: 'To the shop',
  },
  sent: {
    title: 'Your cart was transferred',
    text: 'Your cart was handed over to your procurement system. That ended your session.',
    next: 'If it has not arrived there, send it again.',
    button: 'Send the cart again',
  },
  hits: {
    title: 'Search hits',
    none: 'The shop has nothing that fits.',
    text: 'The shop has {count} that fit.',
    button: 'Take over all',
  },
  errors: ENGLISH_ERROR_TEXTS,
};
