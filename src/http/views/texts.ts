/** Languages of our own pages. */
export type Language = 'de' | 'en';

/** One range of an Accept-Language header, or a single tag: `de-AT;q=0.8`, `de_DE`, `*`. */
const RANGE = /^(\*|[a-z]{1,8})(?:[-_][a-z0-9]{1,8})*(?:;q=(\d(?:\.\d{0,3})?))?$/;
const MOST_RANGES = 50;

/**
 * The page language for a language tag or an Accept-Language header (RFC 9110, 12.5.4): German or English, whichever
 * has the higher weight; if equal, the one named first. `*` matches languages that are not named, 0 excludes one. If
 * neither is wanted: `fallback`, or the other language if only `fallback` is excluded.
 */
export function languageOf(tags: string | undefined, fallback: Language = 'en'): Language {
  const weights = new Map<string, number>();
  for (const range of (tags ?? '').toLowerCase().split(',', MOST_RANGES)) {
    const [, name, weight = '1'] = RANGE.exec(range.replace(/\s/g, '')) ?? [];
    if (name !== undefined) weights.set(name, Math.max(weights.get(name) ?? 0, Number(weight)));
  }
  const weightOf = (language: Language): number => weights.get(language) ?? weights.get('*') ?? 0;
  const [german, english] = [weightOf('de'), weightOf('en')];
  if (german !== english) return german > english ? 'de' : 'en';
  if (german === 0) {
    const other = fallback === 'de' ? 'en' : 'de';
    return weights.get(fallback) === 0 && weights.get(other) !== 0 ? other : fallback;
  }
  const first = [...weights.keys()].find((name) => name === 'de' || name === 'en');
  return first === 'de' || first === 'en' ? first : fallback;
}

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

interface Texts {
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
}

const EN: Texts = {
  transfer: {
    title: 'Your cart is on its way',
    text: (host) => `We are handing it over to ${host}, where you can go on with your order.`,
    items: 'Quantity',
    total: 'Total, net',
    target: 'Goes to',
    fallback: 'If nothing happens within a few seconds, please press the button.',
    button: 'Transfer cart now',
  },
  unchanged: {
    title: 'You are on your way back',
    text: (host) => `We are taking you back to ${host}. Nothing changes there.`,
    items: 'Quantity',
    total: 'Total, net',
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
};

const DE: Texts = {
  transfer: {
    title: 'Ihr Warenkorb ist unterwegs',
    text: (host) => `Wir übergeben ihn an ${host}. Dort geht es mit Ihrer Bestellung weiter.`,
    items: 'Menge',
    total: 'Summe, netto',
    target: 'Geht an',
    fallback: 'Falls einige Sekunden lang nichts geschieht, drücken Sie bitte den Knopf.',
    button: 'Warenkorb jetzt übergeben',
  },
  unchanged: {
    title: 'Sie kehren zurück',
    text: (host) => `Wir bringen Sie zurück zu ${host}. Dort ändert sich nichts.`,
    items: 'Menge',
    total: 'Summe, netto',
    target: 'Geht an',
    fallback: 'Falls einige Sekunden lang nichts geschieht, drücken Sie bitte den Knopf.',
    button: 'Jetzt zurückkehren',
  },
  cancel: 'Zurück zum Shop',
  reference: 'Vorgang',
  confirm: {
    logout: {
      title: 'Einkauf beenden?',
      text: 'Eine andere Seite möchte Ihre Sitzung beenden. Ihr Warenkorb wird dabei verworfen.',
      button: 'Sitzung beenden',
    },
    transfer: {
      title: 'Warenkorb übergeben?',
      text:
        'Eine andere Seite möchte Ihren Warenkorb an Ihr Einkaufssystem übergeben. Danach lässt er sich hier ' +
        'nicht mehr ändern.',
      button: 'Warenkorb übergeben',
    },
    emptied: {
      title: 'Leeren Warenkorb übergeben?',
      text:
        'Sie haben alle Artikel entfernt. Wenn Sie den leeren Warenkorb übergeben, werden diese Positionen auch ' +
        'in Ihrem Einkaufssystem gelöscht.',
      button: 'Positionen löschen',
    },
  },
  continueLogin: {
    title: 'Willkommen im Shop',
    text:
      'Ihr Einkaufssystem schickt Sie hierher, um einen Warenkorb zu füllen. Die Sitzung beginnt, sobald Sie den ' +
      'Knopf drücken.',
    button: 'Einkauf beginnen',
  },
  cookiesRefused: {
    title: 'Ihr Browser nimmt hier keine Cookies an',
    text:
      'Der Shop braucht ein Cookie, um Ihren Warenkorb wiederzufinden. Ihr Browser hat es abgelehnt, vermutlich ' +
      'weil diese Seite innerhalb einer anderen angezeigt wird.',
    next: 'Ein eigenes Fenster hilft meistens. Ihr Warenkorb kommt trotzdem in Ihr Einkaufssystem zurück.',
    button: 'Shop in neuem Fenster öffnen',
  },
  conflict: {
    title: 'Sie kaufen bereits ein',
    text: 'In diesem Browser ist schon eine Punchout-Sitzung offen. Ein Browser kann immer nur einen Warenkorb füllen.',
    next: 'Wenn Sie fortfahren, endet jene Sitzung, und ihr Warenkorb wird verworfen.',
    button: 'Jene Sitzung beenden und fortfahren',
    keep: 'Jene Sitzung behalten',
  },
  redirect: { title: 'Weiter zum Shop...', text: 'Der Shop öffnet sich gleich.', link: 'Shop öffnen' },
};

export const TEXTS: Record<Language, Texts> = { en: EN, de: DE };

/** Text for an article or discount: its name, if known, and its number. */
export function articleText(number: string, name: string | undefined): string {
  return name === undefined ? number : `${name} (${number})`;
}

/** Small print of a page: finds this attempt in the message log and the process log. */
export function referenceText(reference: string, language: Language): string {
  return `${TEXTS[language].reference}: ${reference}`;
}
