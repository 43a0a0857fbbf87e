import type { english } from './english.js';

export const german: typeof english = {
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
