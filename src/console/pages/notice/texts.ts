import type { InLanguages } from '../../ui/language.js';

const english = {
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

const german: typeof english = {
  forbidden: {
    title: 'Das darf Ihre Rolle nicht',
    text: 'Ein Eigentümer kann Ihnen unter „Bediener“ eine andere Rolle geben.',
  },
  unknown: {
    title: 'Hier ist nichts',
    text: 'Die Adresse ist falsch, oder ihr Inhalt gehört jemand anderem oder wurde gelöscht.',
  },
  stale: {
    title: 'Dieses Formular ist zu alt',
    text:
      'Es gehört zu einer anderen Anmeldung, oder eine andere Seite hat es abgeschickt. Nichts wurde geändert. ' +
      'Bitte die Seite neu öffnen.',
  },
  failed: {
    title: 'Bei uns ist ein Fehler aufgetreten',
    text: 'Mehr steht im Protokoll des Servers. Bitte noch einmal versuchen.',
  },
  refused: { title: 'Das geht nicht', text: 'Nichts wurde geändert.' },
  used: {
    title: 'Diese Rücksprungadresse ist nicht in Gebrauch',
    text:
      'Sie nimmt einen Warenkorb eines Tests, innerhalb von drei Stunden. Starten Sie einen neuen auf der ' +
      'Seite der Verbindung.',
  },
  hop: { title: 'Einen Moment', text: 'Die Seite öffnet sich sofort.' },
  back: 'Zur Startseite',
  open: 'Seite öffnen',
  reference: 'Referenz',
};

export const TEXTS: InLanguages<typeof english> = { en: english, de: german };
