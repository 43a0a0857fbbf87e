import type { english } from './english.js';

export const german: typeof english = {
  protocols: { cxml: 'cXML', oci: 'OCI', repost: 'Middleware' },
  domain: 'Domain',
  domainHint: 'Wie die Identität zu lesen ist: NetworkId, DUNS, AribaNetworkUserId oder ein Wort des Einkäufers.',
  identity: 'Identität',
  identityHint: 'Was der Einkäufer in From seiner Aufrufe schreibt; Groß- und Kleinschreibung ist gleich.',
  userName: 'Benutzername',
  userNameHint: 'Was der Einkäufer als USERNAME sendet; Groß- und Kleinschreibung ist gleich.',
  secret: {
    cxml: 'SharedSecret des Einkäufers',
    oci: 'Passwort des Einkäufers',
    repost: 'api_key der Middleware',
  },
  secretHint: {
    cxml: 'Gespeichert wird nur ein langsamer Hash: Niemand kann es wieder lesen.',
    oci: 'Gespeichert wird nur ein langsamer Hash: Niemand kann es wieder lesen.',
    repost: '16 Zeichen oder mehr. Gespeichert wird nur ein Prüfwert: Niemand kann ihn wieder lesen.',
  },
  returns: 'Warenkörbe dürfen zu',
  returnsHint:
    'Eine Adresse je Zeile: https://erp.example.com, oder mit Pfad, https://erp.example.com/punchout/. ' +
    'Fragen Sie nach jedem Host, der Warenkörbe annimmt, auch nach denen, zu denen weitergeleitet wird.',
  returnsHintMiddleware: 'Die Adresse der Middleware (ihre gateway_base_url), eine je Zeile.',
  faults: {
    missing: 'Bitte ausfüllen.',
    too_long: 'Das ist zu lang: höchstens 255 Zeichen.',
    short_key: 'Ein api_key braucht 16 Zeichen oder mehr: Ein kürzerer lässt sich erraten.',
    in_use: 'Dieser api_key öffnet schon etwas anderes; nehmen Sie einen anderen.',
    no_address: 'Das ist keine Adresse. Schreiben Sie https:// und einen Host, höchstens mit Pfad, ohne ? und #.',
    not_https: 'Die Adresse muss mit https:// beginnen. http geht nur auf diesem Rechner.',
    no_id: '2 bis 48 kleine Buchstaben, Ziffern und Bindestriche; am Anfang ein Buchstabe oder eine Ziffer.',
    taken: 'Es gibt schon eine Verbindung mit dieser Kennung. Nehmen Sie eine andere, oder öffnen Sie jene.',
    no_number: 'Schreiben Sie ganze Zahlen, eine je Zeile.',
    no_supplier:
      'Die Identität, unter der der Einkäufer den Shop kennt: das To seiner Aufrufe. Sie steht in jedem Warenkorb; ' +
      'ohne sie stünde dort ein Platzhalter.',
    no_email: 'Das ist keine E-Mail-Adresse.',
  },
  inLine: (line, text) => `Zeile ${line}: ${text}`,
};
