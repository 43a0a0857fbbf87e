import type { InLanguages } from '../../ui/language.js';

const english = {
  protocols: { cxml: 'cXML', oci: 'OCI', repost: 'middleware' },
  domain: 'Domain',
  domainHint: 'How the identity is to be read: NetworkId, DUNS, AribaNetworkUserId, or a word of the buyer.',
  identity: 'Identity',
  identityHint: 'What the buyer writes in From of its call-ups, without regard to letter case.',
  userName: 'User name',
  userNameHint: 'What the buyer sends as USERNAME, without regard to letter case.',
  secret: {
    cxml: 'SharedSecret of the buyer',
    oci: 'Password of the buyer',
    repost: 'api_key of the middleware',
  },
  secretHint: {
    cxml: 'Only a slow hash of it is stored: nobody can read it again.',
    oci: 'Only a slow hash of it is stored: nobody can read it again.',
    repost: '16 characters or more. Only a digest of it is stored: nobody can read it again.',
  },
  returns: 'Carts may go to',
  returnsHint:
    'One address a line: https://erp.example.com, or with a path, https://erp.example.com/punchout/. ' +
    'Ask the buyer for every host that takes carts, also those that it forwards to.',
  returnsHintMiddleware: 'The address of the middleware (its gateway_base_url), one a line.',
  faults: {
    missing: 'Enter a value.',
    too_long: 'This is too long: 255 characters are the most.',
    short_key: 'An api_key needs 16 characters or more: a shorter one can be guessed.',
    in_use: 'This api_key opens something else already; take another.',
    no_address: 'This is no address. Write https:// and a host, at most with a path, without ? and #.',
    not_https: 'The address must begin with https://. http is for this machine only.',
    no_id: 'Use 2 to 48 small letters, digits and hyphens, and begin with a letter or a digit.',
    taken: 'There is a connection with this id. Take another, or open that one.',
    no_number: 'Write whole numbers, one a line.',
    no_supplier:
      'Enter the identity by which the buyer knows the shop: the To of its call-ups. It stands in every cart, which ' +
      'would name a placeholder without it.',
    no_email: 'This is no e-mail address.',
  },
  inLine: (line: number, text: string): string => `Line ${line}: ${text}`,
};

const german: typeof english = {
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

export const TEXTS: InLanguages<typeof english> = { en: english, de: german };
