import type { ErrorExplanations } from './explanation.js';

export const GERMAN_ERRORS: ErrorExplanations = {
  INVALID_CREDENTIALS: {
    meaning:
      'Name, Geheimnis, Schlüssel oder Signatur des Aufrufers passen zu keiner Verbindung, keinem Client und ' +
      'keinem Shop.',
    remedy:
      'Den Grund im Nachrichtenprotokoll lesen: Er nennt die Prüfung, die fehlschlug (From, To, Sender, ' +
      'Passwort, Schlüssel). Diesen Wert mit der Verbindung vergleichen oder dem Einkäufer ein neues Geheimnis ' +
      'geben.',
  },
  INVALID_XML: {
    meaning: 'Das Dokument ist kein wohlgeformtes XML oder steht in einer anderen Kodierung, als es angibt.',
    remedy:
      'Zeile und Spalte stehen im Grund. Oft ist ein & in einer URL nicht als &amp; geschrieben, oder ein Proxy ' +
      'hat gekürzt.',
  },
  INVALID_REQUEST: {
    meaning: 'Ein Feld, Parameter oder Element fehlt, kommt doppelt vor oder hat einen unzulässigen Wert.',
    remedy: 'Der Grund nennt Feld und Stelle. Im sendenden System berichtigen.',
  },
  RETURN_URL_REFUSED: {
    meaning:
      'Der Warenkorb soll an eine Adresse, die bei der Verbindung nicht eingetragen oder keine https-Adresse ist.',
    remedy:
      'Das Nachrichtenprotokoll zeigt die gesehene Adresse und die Liste. Gehört die Adresse dem Einkäufer, ihre ' +
      'Herkunft in returnOrigins der Verbindung eintragen; sonst beim Einkäufer nachfragen.',
  },
  OPERATION_NOT_SUPPORTED: {
    meaning: 'Dokument oder Operation werden hier nicht unterstützt, zum Beispiel source oder signiertes cXML.',
    remedy:
      'Den Einkäufer bitten, create, edit oder inspect zu benutzen und Dokumente an die Adresse ihrer Art zu senden.',
  },
  OPERATION_NOT_ALLOWED: {
    meaning:
      'Die Verbindung erlaubt weniger, als verlangt wurde (cxml.operationAllowed), oder der Schritt steht diesem ' +
      'Aufrufer nicht zu.',
    remedy: 'edit oder inspect bei der Verbindung erlauben, oder der Einkäufer öffnet einen neuen Warenkorb.',
  },
  ADDRESS_NOT_ALLOWED: {
    meaning: 'Die Zugangsdaten stimmen, kamen aber von einer Client-Adresse, die nicht auf der Liste steht.',
    remedy:
      'Das Nachrichtenprotokoll zeigt die gesehene Adresse und die Liste. Die Adresse in allowedAddresses ' +
      'eintragen. Ist es die des eigenen Proxys, ihn in TRUSTED_PROXIES angeben.',
  },
  SHIP_TO_UNKNOWN: {
    meaning: 'Der Aufruf nennt eine Adress-ID in ShipTo, die nicht in der Adresstabelle der Verbindung steht.',
    remedy:
      'Die ID steht unter den unbekannten Adressen der Verbindung: dort ihren Kunden angeben, dann öffnet der ' +
      'Einkäufer den Shop noch einmal. Mit store.shipTo "default" bekommen solche Aufrufe den üblichen Kunden.',
  },
  RATE_LIMITED: {
    meaning:
      'In einer Minute kamen zu viele Anfragen oder falsche Geheimnisse von einer Adresse oder für eine Verbindung.',
    remedy:
      'So lange warten, wie Retry-After sagt. Bei falschen Geheimnissen zuerst das Geheimnis berichtigen, bei ' +
      'echter Last requestsPerMinute der Verbindung erhöhen.',
  },
  REQUEST_TOO_LARGE: {
    meaning: 'Die Anfrage ist größer als erlaubt: 256 KiB von Unbekannten, mehr von Bekannten.',
    remedy: 'Prüfen, ob die Zugangsdaten am Anfang des Dokuments stehen; sonst weniger Positionen oder Anhänge senden.',
  },
  CLONE_REFUSED: {
    meaning:
      'Die Middleware verlangte ein Konto für einen Benutzer, den die Verbindung nicht nennt, oder der Shop ' +
      'legte keines an.',
    remedy:
      'Den Namen mit repost.templateUsers der Verbindung vergleichen und den Grund im Nachrichtenprotokoll lesen.',
  },
  GET_NOT_ALLOWED: {
    meaning: 'Der OCI-Aufruf kam per GET, mit dem Passwort in der Adresse; die Verbindung nimmt nur POST.',
    remedy:
      'Den Einkäufer bitten, ein Formular per POST zu senden. Geht das nicht, oci.allowGet setzen; danach das ' +
      'Passwort ändern.',
  },
  TRANSMISSION_NOT_FOUND: {
    meaning:
      'Keine Sitzung hat diese Nummer: Sie ist falsch geschrieben, gehört einem anderen Mandanten oder ist gelöscht.',
    remedy:
      'Die Nummer mit der Liste der Sitzungen vergleichen. Mit einem alten Link öffnet der Einkäufer den Shop neu.',
  },
  START_TOKEN_INVALID: {
    meaning: 'Das Token im Startlink fehlt oder gehört nicht zu seiner Sitzung: Der Link wurde gekürzt oder verändert.',
    remedy:
      'Prüfen, was den Link befördert: Mailprogramme brechen Zeilen um, manche Systeme schreiben & doppelt als &amp;.',
  },
  START_LINK_USED: {
    meaning: 'Der Link gilt einmal, in einem Browser, und ein anderer Browser hat ihn schon benutzt.',
    remedy:
      'Der Einkäufer öffnet den Shop neu. Geschieht es immer, öffnet ein Linkprüfer die Links zuerst: ' +
      'continuePage der Verbindung einschalten.',
  },
  SESSION_ACTIVE: {
    meaning: 'In diesem Browser läuft schon ein Punchout, und die Verbindung ersetzt ihn nicht von selbst.',
    remedy: 'Der Einkäufer beendet die andere Sitzung, oder onActiveSession auf "replace" setzen.',
  },
  SESSION_CANCELLED: {
    meaning: 'Die Sitzung wurde durch einen Aufruf der Schnittstelle abgebrochen.',
    remedy: 'Nichts zu beheben. Der Einkäufer öffnet den Shop neu.',
  },
  SESSION_CLOSED: {
    meaning: 'Die Sitzung ist beendet: Der Einkäufer hat sich abgemeldet, oder ein anderer Punchout hat sie ersetzt.',
    remedy: 'Der Einkäufer öffnet den Shop neu.',
  },
  SESSION_TRANSFERRED: {
    meaning:
      'Der Warenkorb ist schon übergeben und darf nicht noch einmal gezeigt werden (nach 24 Stunden oder in ' +
      'einem anderen Browser).',
    remedy: 'Den Warenkorb im System des Einkäufers suchen. Fehlt er dort, öffnet der Einkäufer den Shop neu.',
  },
  ORDER_CREATED: {
    meaning: 'Die Bestellung zu diesem Warenkorb ist da, deshalb kann er nicht noch einmal gesendet werden.',
    remedy: 'Bestellung und Warenkorb vergleichen. Für weitere Käufe öffnet der Einkäufer den Shop neu.',
  },
  SESSION_EXPIRED: {
    meaning: 'Der Startlink wurde nicht rechtzeitig benutzt, oder in der Sitzung geschah zu lange nichts.',
    remedy:
      'Der Einkäufer öffnet den Shop neu. Geschieht es oft, startLinkSeconds oder idleMinutes der Verbindung erhöhen.',
  },
  NO_SESSION: {
    meaning:
      'Die Anfrage braucht einen laufenden Punchout, dieser Browser hat keinen: kein Cookie oder eine beendete ' +
      'Sitzung.',
    remedy:
      'Prüfen, ob das Frontend Cookies sendet (credentials: "include") und in frontendOrigins des Mandanten steht.',
  },
  ROUTE_BLOCKED: {
    meaning:
      'Während eines Punchouts sind Kasse, Konto und alles, was im Shop bestellt, geschlossen; bestellt wird im ' +
      'Einkaufssystem.',
    remedy: 'Stattdessen auf den Warenkorb verweisen. Einen Aufruf, den das Frontend braucht, im Shop-Proxy erlauben.',
  },
  COOKIES_REFUSED: {
    meaning:
      'Der Browser sandte das Cookie der Anmeldung nicht zurück, meist weil der Shop im Frame einer anderen ' +
      'Seite steht.',
    remedy:
      'Den Shop über https ausliefern, damit Cookies partitioniert sind; den Einkäufer bitten, Cookies des Shops ' +
      'zuzulassen oder ihn in einem eigenen Fenster zu öffnen.',
  },
  FRAMING_REFUSED: {
    meaning:
      'Das Portal des Einkäufers öffnete unsere Seite in einem Frame, und seine Herkunft darf das nicht: Der ' +
      'Frame bleibt leer.',
    remedy:
      'Das Nachrichtenprotokoll zeigt, wer es darf. Die Herkunft des Portals in frameAncestors der Verbindung ' +
      'oder in returnOrigins eintragen.',
  },
  SENDING_REFUSED: {
    meaning:
      'Der Browser sandte das Formular nicht ab: Das System des Einkäufers leitet es an eine Herkunft weiter, ' +
      'die nicht eingetragen ist.',
    remedy:
      'Die Herkunft aus dem Nachrichtenprotokoll in returnOrigins der Verbindung eintragen. Steht sie dort ' +
      'schon, den Einkäufer fragen, wohin sie weiterleitet, und diese Herkunft eintragen: Browser nennen sie ' +
      'nicht.',
  },
  SESSION_AMBIGUOUS: {
    meaning: 'Zum BuyerCookie des gesendeten Warenkorbs passen mehrere laufende Sitzungen.',
    remedy: 'session_id in der Adresse der Übergabe angeben.',
  },
  CART_EMPTY: {
    meaning:
      'Der Warenkorb einer Bearbeitung hat keine Positionen. So gesendet, löschte das Einkaufssystem seine Positionen.',
    remedy: 'Der Einkäufer bestätigt (empty=1) oder kehrt ohne Änderung zurück (unchanged=1).',
  },
  CART_CHANGED: {
    meaning: 'Der Shop hat Preise, Mengen oder Positionen geändert, seit der Einkäufer den Warenkorb zuletzt sah.',
    remedy:
      'Der Einkäufer sieht die Änderungen an und bestätigt. Geschieht es oft, hängen Preise von Zeit oder Bestand ab.',
  },
  CART_CHANGING: {
    meaning:
      'Gerade hält eine andere Änderung oder die Übergabe den Warenkorb, oder seine Positionen werden noch ' +
      'wiederhergestellt.',
    remedy: 'Nach einer Sekunde wiederholen. Dauert es an, ist der Shop langsam: seine Antworten ansehen.',
  },
  CART_NOT_ENCODABLE: {
    meaning:
      'Eine Position lässt sich für das Einkaufssystem nicht schreiben, oder seine Plattform würde sie ablehnen ' +
      'oder verlieren.',
    remedy:
      'Der Grund nennt Position und Feld. Den Artikel berichtigen, oder Feld, Einheit oder Preis bei der ' +
      'Verbindung abbilden.',
  },
  PRODUCT_NOT_FOUND: {
    meaning: 'Der Shop hat keinen Artikel mit dieser Nummer oder verkauft ihn diesem Kunden nicht.',
    remedy: 'Die Nummer mit dem Sortiment des Kundenkontos und des Verkaufskanals vergleichen.',
  },
  QUANTITY_INVALID: {
    meaning:
      'Die Menge ist keine Zahl, nicht positiv oder passt nicht zu den Schritten, in denen der Artikel verkauft wird.',
    remedy: 'Eine Dezimalzahl über null senden, in den Schritten des Artikels.',
  },
  READ_ONLY_SESSION: {
    meaning: 'Der Warenkorb wurde mit der Operation inspect geöffnet, deshalb darf nichts geändert werden.',
    remedy: 'Den Einkäufer bitten, ihn mit edit zu öffnen; prüfen, ob die Verbindung edit erlaubt.',
  },
  STORE_UNAVAILABLE: {
    meaning: 'Die Schnittstelle des Shops antwortete nicht, mit einem Fehler, oder lehnte unseren Zugang ab.',
    remedy:
      'Die Vorgangsnummer im Prozessprotokoll suchen, dann "punchout doctor": Das prüft Adresse, Zugang und Rechte.',
  },
  STORE_SESSION_LOST: {
    meaning: 'Der Shop kennt den Warenkorb nicht mehr: Seine eigene Sitzung ist abgelaufen oder gelöscht.',
    remedy:
      'Der Einkäufer öffnet den Shop neu. Der Shop soll Warenkörbe mindestens absoluteMinutes der Verbindung ' +
      'lang behalten.',
  },
  SERVICE_UNAVAILABLE: {
    meaning: 'Datenbank oder Redis antworteten nicht rechtzeitig oder nehmen zurzeit nichts an.',
    remedy:
      'Die Adresse /readyz und das Prozessprotokoll ansehen. Der Aufrufer wiederholt die Anfrage; nichts blieb ' +
      'halb getan.',
  },
  NOT_FOUND: {
    meaning: 'Unter dieser Adresse gibt es nichts. Oft ist der Pfad der Aufrufadresse falsch geschrieben.',
    remedy: 'Den Pfad im Nachrichtenprotokoll mit den Adressen unter /docs vergleichen.',
  },
  METHOD_NOT_ALLOWED: {
    meaning: 'Die Adresse gibt es, aber nicht für diese HTTP-Methode.',
    remedy:
      'Eine Methode aus dem Kopf Allow benutzen. Eine Weiterleitung von http auf https macht aus POST oft GET: ' +
      'die https-Adresse angeben.',
  },
  IDEMPOTENCY_CONFLICT: {
    meaning: 'Der Idempotency-Key wurde schon für eine andere Anfrage benutzt.',
    remedy: 'Für jede neue Anfrage einen neuen Schlüssel nehmen, denselben nur zum Wiederholen.',
  },
  ORDER_NOT_FOUND: {
    meaning: 'Keine Bestellung hat diese Nummer für diesen Shop oder diese Verbindung.',
    remedy:
      'Die Nummer mit "punchout orders list" vergleichen; Änderung und Storno setzen eine neue Bestellung voraus.',
  },
  ORDER_STEP_NOT_ALLOWED: {
    meaning: 'Von ihrem jetzigen Status kann die Bestellung nicht in den gesendeten wechseln.',
    remedy: 'Den jetzigen Status lesen und die Schritte mit orderSteps des Mandanten vergleichen.',
  },
  ORDER_CONFLICT: {
    meaning: 'Eine Bestellung mit dieser Nummer gibt es schon, mit anderem Inhalt.',
    remedy: 'Der Einkäufer sendet eine Änderung mit type "update" oder die Bestellung unter einer neuen Nummer.',
  },
  HOOK_URL_REFUSED: {
    meaning: 'Hooks und Feeds müssen unter einer öffentlichen https-Adresse stehen.',
    remedy: 'Eine öffentliche https-Adresse angeben. Innere Netze öffnet nur die Option outbound des Servers.',
  },
  CONTEXT_VERSION: {
    meaning: 'Jemand anders hat den Sitzungskontext geändert, seit er gelesen wurde.',
    remedy: 'Den Kontext neu lesen und die Änderung mit seiner Version wiederholen.',
  },
  CONTEXT_REFUSED: {
    meaning: 'Der Shop bietet Währung, Sprache, Land oder Site nicht an, oder das Feld ist nicht änderbar.',
    remedy: 'Der Grund nennt das Feld. Einen Wert wählen, den der Verkaufskanal anbietet.',
  },
  INSUFFICIENT_SCOPE: {
    meaning: 'Das Zugriffstoken stimmt, enthält aber die Berechtigung für diesen Aufruf nicht.',
    remedy: 'Das Token mit dieser Berechtigung anfordern; der Client muss sie haben ("punchout clients").',
  },
  CUSTOMER_MISMATCH: {
    meaning: 'Das Kundentoken gehört einem anderen Kunden als der Sitzungskontext.',
    remedy: 'Das Token des Kunden im Kontext senden oder zuerst den Kunden setzen.',
  },
  RESOURCE_NOT_FOUND: {
    meaning:
      'Ein Aufruf der Admin-API nennt eine Verbindung, einen Schlüssel oder Ähnliches, das der Mandant nicht hat.',
    remedy: 'Den Namen mit der Liste derselben Adresse vergleichen. Der Grund nennt manchmal den gemeinten.',
  },
  RESOURCE_CONFLICT: {
    meaning: 'Eine Änderung von Einstellungen widerspricht dem Bestand, etwa einem Namen, der vergeben ist.',
    remedy: 'Der Grund nennt den Widerspruch. Einen anderen Namen wählen oder zuerst den Bestand ändern.',
  },
  VERSION_CONFLICT: {
    meaning: 'Jemand anderes hat dieselben Einstellungen geändert, seit sie gelesen wurden. Nichts wurde geändert.',
    remedy: 'Die Einstellungen neu lesen und die Änderung an der neuen Version machen.',
  },
  VERSION_MISSING: {
    meaning: 'Eine Änderung von Einstellungen sagt nicht, für welche Version sie gemacht wurde.',
    remedy: 'Den ETag der letzten Antwort in If-Match senden.',
  },
  INTERNAL_ERROR: {
    meaning: 'Ein unerwarteter Fehler auf unserer Seite.',
    remedy:
      'Die Vorgangsnummer im Prozessprotokoll suchen: Die Zeile "unexpected error" enthält den Ablauf. Bitte melden.',
  },
};
