import type { fieldsEnglish } from './fields-english.js';

export const fieldsGerman: typeof fieldsEnglish = {
  profile: 'Die Plattform des Einkäufers, deren Voreinstellungen und Prüfungen gelten.',
  returnOrigins:
    'Wohin Warenkörbe dürfen: https und Host, höchstens mit Pfad. Auch Hosts, auf die eine Rückadresse umleitet.',
  frameAncestors: 'Weitere Origins, die unsere Seiten in einem Frame zeigen dürfen; die Rückadressen dürfen es immer.',
  startLinkSeconds: 'Wie lange ein unbenutzter Startlink gilt, in Sekunden.',
  idleMinutes: 'Eine Session endet nach so vielen Minuten ohne Aktivität.',
  absoluteMinutes: 'Eine Session endet in jedem Fall nach so vielen Minuten.',
  startToken: 'jwt: Der Startlink trägt ein signiertes Token, das nach 5 Minuten abläuft.',
  allowedAddresses: 'Adressen und Netze, aus denen Aufrufe kommen dürfen. Keine: von überall.',
  requestsPerMinute: 'Aufrufe je Minute; 0 heißt unbegrenzt.',
  requestsPerAddress: 'Aufrufe je Minute von einer Client-Adresse; 0 heißt unbegrenzt.',
  onActiveSession:
    'Anmeldung, während der Browser eine andere Session hat: reject fragt den Einkäufer, replace beendet die andere.',
  continuePage: 'Jeden Einkäufer um einen Klick bitten, bevor die Anmeldung wirkt.',
  language: 'Sprache des Shops, wenn der Aufruf keine nennt, etwa de oder en-US.',
  currency: 'Währung des Shops, wenn der Aufruf keine nennt, etwa EUR; sonst die des Shops.',
  prices: 'Preise der Warenkörbe, die der Shop baut: ohne Steuern (net) oder mit Steuern (gross).',
  units: 'Die Einheit des Shops, und an ihrer Stelle die des Einkäufers.',
  defaultClassification: 'Domain und Code für Produkte ohne Klassifikation; cXML verlangt eine.',
  'cxml.supplier': 'Unser eigener Name in Sender.',
  'cxml.buyer': 'Name des Einkäufers in einem Warenkorb, dessen Aufruf nicht cXML war; sonst die Id der Verbindung.',
  'cxml.to': 'Credentials, die To enthalten muss. Keine: To wird nicht geprüft.',
  'cxml.sender': 'Credentials, die Sender haben muss, etwa die eines Hubs. Keine: Sender wird nicht geprüft.',
  'cxml.allowMac': 'CredentialMac statt SharedSecret annehmen; braucht ein wiederherstellbares Secret.',
  'cxml.operationAllowed': 'Was eine spätere Session höchstens mit den Positionen tun darf.',
  'cxml.version': 'DTD-Version des Warenkorbs.',
  'cxml.encoding': 'Formularfeld des Warenkorbs.',
  'cxml.fieldNames': 'Schreibweise seines Namens.',
  'cxml.frameTarget': 'Frame, in den der Warenkorb gesendet wird. Das Extrinsic ReturnFrame eines Aufrufs geht vor.',
  'cxml.customFieldsAsExtrinsics': 'Jedes eigene Feld einer Position als Extrinsic schreiben.',
  'cxml.shortName': 'Den Namen vor einem langen Text als ShortName schreiben.',
  'cxml.inReplyTo': 'Die payloadID des Aufrufs in den Warenkorb schreiben.',
  'cxml.placeOrders': 'Bestellungen, die zu ihrem Warenkorb passen, im Shop anlegen.',
  'cxml.offerDays': 'So viele Tage gelten die Preise eines gesendeten Warenkorbs; eine spätere Bestellung weicht ab.',
  'cxml.priceTolerance': 'Um so viel Prozent darf ein Preis einer Bestellung vom Warenkorb abweichen und passt noch.',
  'cxml.fewerPieces': 'Eine Bestellung mit weniger Stück oder Zeilen als der Warenkorb passt.',
  'cxml.auxiliaryId':
    'Unsere Kennung an jede Zeile schreiben (SupplierPartAuxiliaryID); Bearbeiten und Bestellung finden Zeilen damit.',
  'cxml.noticeUrl': 'Adresse für Bestätigungen und Lieferavise zu Bestellungen.',
  'oci.allowGet': 'Aufrufe mit GET annehmen; das Passwort steht dann in einer Adresse.',
  'oci.allowSapEvent': 'SAPEVENT:POST als HOOK_URL annehmen.',
  'oci.parameters.username': 'Name des Parameters für den Benutzer.',
  'oci.parameters.password': 'Name des Parameters für das Passwort.',
  'oci.parameters.hookUrl': 'Name des Parameters für die Rückadresse.',
  'oci.startIndex': 'Erster Index der NEW_ITEM-Felder.',
  'oci.charset': 'Zeichensatz des Formulars.',
  'oci.splitHookUrl': 'Die Query von HOOK_URL in versteckte Felder legen.',
  'oci.vendor': 'Fester Wert für NEW_ITEM-VENDOR.',
  'oci.alwaysPassThrough': '~OkCode, ~TARGET und ~CALLER auch dann senden, wenn der Aufruf sie nicht hatte.',
  'oci.shippingAsLine': 'Den Versand als weitere Position anhängen.',
  'oci.searchHits': 'So viele Treffer hat die Antwort auf eine BACKGROUND_SEARCH höchstens.',
  'repost.templateUsers':
    'Benutzer des Shops, die die Middleware klonen darf, genau so, wie sie sie nennt; keine anderen.',
  'repost.roleCeiling': 'Die höchste Rolle eines solchen Benutzers.',
  'repost.endCustomers':
    'Die end_customer_ids dieser Verbindung. Keine: alle, die keine andere Verbindung desselben Schlüssels nennt.',
  'repost.sendApiKey':
    'Den api_key mit dem Warenkorb durch den Browser senden: nur, wenn die Middleware darauf besteht.',
  'repost.codesInProductId':
    'Rabattcodes hinter der Id des Shops in product_id senden, damit eine Änderung sie behält.',
  'store.customerRules':
    'Andere Kunden, nach dem, was der Aufruf sagt; die erste passende Regel zählt: ' +
    '[{"extrinsic": {"name": "…", "value": "…"}, "customer": {"number": "…"}}].',
  'store.shipTo':
    'Was die Adress-ID aus ShipTo bewirkt: nichts, oder die Adresstabelle wählt den Kunden, und eine unbekannte ID ' +
    'bekommt den üblichen Kunden oder wird abgelehnt.',
  'store.customer': 'Der Kunde des Shops, der für diese Einkäufer steht: {"number": "10042"} oder {"email": "…"}.',
  'index.every': 'Wie oft der Worker von selbst einen Index des Katalogs erstellt.',
  'index.weekday': 'Der Tag eines wöchentlichen Index.',
  'index.hour': 'Die Stunde (UTC) eines täglichen oder wöchentlichen Index, 0 bis 23.',
  'index.addresses': 'Adress-IDs aus ShipTo, die auch einen Index bekommen, mit den Preisen ihrer Kunden; * für alle.',
  'index.formats': 'Formate dieses Index: cxml, cif, jaggaer, oracle, oci. Keine: das der Plattform des Einkäufers.',
  'store.session': 'Wie jeder Einkäufer einen eigenen Warenkorb bekommt.',
};
