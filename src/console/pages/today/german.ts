import type { english } from './english.js';

export const german: typeof english = {
  title: 'Heute',
  sub: 'Die letzten 24 Stunden, verglichen mit den 24 Stunden davor.',
  callUps: 'Aufrufe',
  transfers: 'Zurückgesendete Warenkörbe',
  orders: 'Bestellungen',
  refused: 'Abgelehnte Anfragen',
  before: (value) => `${value} am Tag davor`,
  ofCallUps: (share) => `${share} der Aufrufe`,
  noCallUps: 'noch keine Aufrufe',
  causes: (count) => (count === 1 ? '1 Ursache' : `${count} Ursachen`),
  funnel: {
    title: 'Vom Aufruf zur Bestellung',
    steps: { callUps: 'Aufruf', logins: 'Login', transfers: 'Transfer', orders: 'Bestellung' },
    lost: {
      logins: (count) => `${count} nie geöffnet`,
      transfers: (count) => `${count} ohne Warenkorb`,
      orders: (count) => `${count} noch ohne Bestellung`,
    },
    none: 'alle',
  },
  hours: {
    title: 'Aufrufe je Stunde',
    description: (sum, highest) => `${sum} Aufrufe in 24 Stunden, höchstens ${highest} in einer Stunde.`,
    table: 'Als Tabelle zeigen',
    hour: 'Stunde',
    ago: (hours) => (hours === 0 ? 'letzte Stunde' : `vor ${hours} h`),
  },
  refusals: {
    title: 'Abgelehnt, nach Ursache',
    what: 'Was geschah',
    connection: 'Verbindung',
    times: 'Anzahl',
    last: 'Zuletzt',
    nobody: 'keine erkannt',
    empty: 'Nichts wurde abgelehnt',
    emptyText: 'Alle Aufrufe der letzten 24 Stunden wurden angenommen.',
  },
  stuck: {
    title: 'Wartet auf jemanden',
    what: 'Was',
    why: 'Warum',
    since: 'Seit',
    remedy: 'Was zu tun ist',
    hookFails: 'Hook schlägt fehl',
    hookPaused: 'Hook angehalten',
    events: (count) => `${count} Ereignisse zurück`,
    jobs: (count, kind) => `${count} × ${kind}`,
    jobFails: 'Auftrag schlägt fehl',
    hookRemedy:
      'Den Empfänger reparieren. Zustellungen laufen von selbst weiter; ' +
      'ein angehaltener Hook braucht punchout hooks resume.',
    jobRemedy: 'Er wird von selbst wiederholt. Bleibt der Grund, bitte beheben, was er nennt.',
    empty: 'Nichts wartet',
    emptyText: 'Hooks, Meldungen und Aufträge sind auf dem neuesten Stand.',
  },
};
