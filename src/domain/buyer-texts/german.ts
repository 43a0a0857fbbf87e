import type { BuyerTexts } from './buyer-texts.js';
import { GERMAN_ERROR_TEXTS } from './error-texts-german.js';

export const GERMAN: BuyerTexts = {
  transfer: {
    title: 'Ihr Warenkorb ist unterwegs',
    text: 'Wir übergeben ihn an {host}. Dort geht es mit Ihrer Bestellung weiter.',
    items: 'Menge',
    total: 'Summe, netto',
    target: 'Geht an',
    fallback: 'Falls einige Sekunden lang nichts geschieht, drücken Sie bitte den Knopf.',
    button: 'Warenkorb jetzt übergeben',
  },
  unchanged: {
    title: 'Sie kehren zurück',
    text: 'Wir bringen Sie zurück zu {host}. Dort ändert sich nichts.',
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
  restored: {
    title: 'Ihr Warenkorb ist nicht ganz wie zuvor',
    text: 'Seit Sie diesen Warenkorb zuletzt übergeben haben, hat sich im Shop etwas geändert:',
    link: 'Zum Warenkorb',
  },
  differences: {
    gone: '{article} gibt es im Shop nicht mehr; der Artikel fehlt.',
    sold_out: '{article} ist ausverkauft; der Artikel fehlt.',
    invalid: '{article} lässt sich in der Menge {requested} nicht kaufen; der Artikel fehlt.',
    quantity_changed: '{article}: Die Menge ist jetzt {got} statt {requested}.',
    price_changed: '{article}: Eine Einheit kostet jetzt {now} statt {claimed}.',
    discount_gone: 'Der Rabattcode {article} wirkt auf diesen Warenkorb nicht mehr.',
  },
  restoring: {
    title: 'Ihr Warenkorb wird gefüllt',
    text: 'Wir legen seine {count} Positionen wieder hinein. Diese Seite geht von selbst weiter, sobald sie da sind.',
    link: 'Noch einmal nachsehen',
  },
  changed: {
    title: 'Ihr Warenkorb hat sich geändert',
    byShop: 'Der Shop hat Ihren Warenkorb geändert. Es wurde noch nichts übergeben.',
    again: 'Ihr Warenkorb ist nicht mehr so, wie er Ihnen gezeigt wurde. Es wurde noch nichts übergeben.',
    left: 'Das ist noch darin:',
    items: 'Artikel',
    total: 'Summe, netto',
    nothing: 'Im Warenkorb ist nichts mehr.',
    button: 'Warenkorb so übergeben, wie er jetzt ist',
    link: 'Zurück zum Warenkorb',
  },
  notices: {
    line_dropped: '{article} ist nicht mehr in Ihrem Warenkorb.',
    quantity_changed: '{article}: Die Menge ist nicht mehr die, die Sie gewählt haben.',
    discount_dropped: '{article}: Dieser Rabatt gilt nicht mehr.',
  },
  ended: {
    title: 'Hier ist keine Punchout-Sitzung offen',
    text: 'Ihre Sitzung ist beendet. Ein Warenkorb, der vorher nicht übergeben wurde, ist verworfen.',
    next: 'Um wieder einzukaufen, beginnen Sie in Ihrem Einkaufssystem.',
    link: 'Zum Shop',
  },
  sent: {
    title: 'Ihr Warenkorb wurde übergeben',
    text: 'Ihr Warenkorb ist an Ihr Einkaufssystem übergeben worden. Damit ist Ihre Sitzung beendet.',
    next: 'Falls er dort nicht angekommen ist, senden Sie ihn noch einmal.',
    button: 'Warenkorb noch einmal senden',
  },
  hits: {
    title: 'Treffer',
    none: 'Der Shop hat nichts, das passt.',
    text: 'Im Shop passen {count} Artikel.',
    button: 'Alle übernehmen',
  },
  errors: GERMAN_ERROR_TEXTS,
};
