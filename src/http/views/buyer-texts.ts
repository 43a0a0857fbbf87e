import type { CartNotice } from '../../domain/cart/cart.js';
import type { RestoreDifference } from '../../domain/cart/restore-report.js';
import type { PageTexts } from './error-texts-english.js';

interface AskTexts {
  title: string;
  text: string;
  button: string;
}

interface TransferTexts {
  title: string;
  text: (host: string) => string;
  items: string;
  total: string;
  target: string;
  fallback: string;
  button: string;
}

/** All that a buyer reads on our pages, in one language. A missing sentence does not compile. */
export interface BuyerTexts {
  /** BCP 47 without a region: `fr`. */
  language: string;
  transfer: TransferTexts;
  /** Texts for a page after which the buyer's system keeps its cart unchanged. */
  unchanged: TransferTexts;
  cancel: string;
  reference: string;
  /** The confirmations of architecture.md decisions 1 and 6, for `confirmPage`. */
  confirm: Record<'logout' | 'transfer' | 'emptied', AskTexts>;
  continueLogin: AskTexts;
  cookiesRefused: { title: string; text: string; next: string; button: string };
  conflict: { title: string; text: string; next: string; button: string; keep: string };
  redirect: { title: string; text: string; link: string };
  restored: { title: string; text: string; link: string };
  differences: Record<RestoreDifference, (item: ShownItem) => string>;
  restoring: { title: string; text: (count: number) => string; link: string };
  changed: Record<'title' | 'byShop' | 'again' | 'left' | 'items' | 'total' | 'nothing' | 'button' | 'link', string>;
  notices: Record<CartNotice['kind'], (item: string) => string>;
  ended: { title: string; text: string; next: string; link: string };
  sent: { title: string; text: string; next: string; button: string };
  hits: { title: string; text: (count: string) => string; button: string };
  errors: PageTexts;
}

/** A line of an edited cart that differs; quantities and prices as people of the language write them. */
export interface ShownItem {
  article: string;
  requested: string;
  got: string;
  claimed: string;
  now: string;
}
