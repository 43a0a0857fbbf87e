import type { ErrorExplanations } from './explanation.js';

export const ENGLISH_ERRORS: ErrorExplanations = {
  INVALID_CREDENTIALS: {
    meaning: 'Name, secret, key or signature of the caller fit no connection, key, client or shop.',
    remedy:
      'Read the reason in the message log: it names the check that failed (From, To, Sender, password, key). ' +
      'Compare that value with the connection, or give the buyer a new secret.',
  },
  INVALID_XML: {
    meaning: 'The document is not well-formed XML, or is in an encoding that it does not declare.',
    remedy:
      'Go to the line and column in the reason. Often an & in a URL is not written as &amp;, or a proxy cut the body.',
  },
  INVALID_REQUEST: {
    meaning: 'A field, parameter or element is missing, repeated or has a value that is not allowed.',
    remedy: 'The reason names the field and the place. Correct it in the system that sends the request.',
  },
  RETURN_URL_REFUSED: {
    meaning: 'The buyer wants the cart at an address that the connection does not list, or that is no https address.',
    remedy:
      "The message log shows the address seen and the list. If the address is the buyer's own, add its origin to " +
      'returnOrigins of the connection; if not, ask the buyer.',
  },
  OPERATION_NOT_SUPPORTED: {
    meaning: 'The document or the operation is of a kind that is not supported here, such as source or a signed cXML.',
    remedy: 'Ask the buyer to use create, edit or inspect, and to send documents to the address for their kind.',
  },
  OPERATION_NOT_ALLOWED: {
    meaning:
      'The connection allows less than the buyer asked for (cxml.operationAllowed), or the step is not open to ' +
      'this caller.',
    remedy: 'Allow edit or inspect in the connection, or ask the buyer to open a new cart.',
  },
  ADDRESS_NOT_ALLOWED: {
    meaning: 'Credentials are right, but came from a client address that is not on the list.',
    remedy:
      'The message log shows the address seen and the list. Add the address to allowedAddresses. If it is that ' +
      'of your own proxy, declare the proxy in TRUSTED_PROXIES.',
  },
  SHIP_TO_UNKNOWN: {
    meaning: 'The call-up names a ShipTo address id that is not in the table of addresses of the connection.',
    remedy:
      'The id is among the unknown addresses of the connection: name its customer there, and the buyer opens the ' +
      'shop again. With store.shipTo "default" such call-ups get the usual customer.',
  },
  RATE_LIMITED: {
    meaning:
      'Too many requests, or too many wrong secrets, came from one address or for one connection within a minute.',
    remedy:
      'Wait for the time in Retry-After. For wrong secrets correct the secret first; for honest load raise ' +
      'requestsPerMinute of the connection.',
  },
  REQUEST_TOO_LARGE: {
    meaning:
      'The body is larger than this address takes: 256 KiB from callers that are not known, more from known ones.',
    remedy:
      'Check whether the credentials stand at the beginning of the document; otherwise send fewer lines or ' +
      'attachments.',
  },
  CLONE_REFUSED: {
    meaning: 'The middleware asked for an account of a user that the connection does not list, or the shop made none.',
    remedy:
      'Compare the user name with repost.templateUsers of the connection, and read the reason in the message log.',
  },
  GET_NOT_ALLOWED: {
    meaning:
      'The buyer sent the OCI call-up by GET, with the password in the address, and the connection takes POST only.',
    remedy: 'Ask the buyer to send a form by POST. Where they cannot, set oci.allowGet; then change the password.',
  },
  TRANSMISSION_NOT_FOUND: {
    meaning: 'No session has this id: it is misspelled, belongs to another tenant, or is deleted.',
    remedy: 'Compare the id with the list of sessions. A buyer with an old link opens the shop again.',
  },
  START_TOKEN_INVALID: {
    meaning: 'The token in the start link is missing or is not the one of its session: the link was cut or changed.',
    remedy: 'Check what carries the link: mail programs break lines, some systems write & as &amp; twice.',
  },
  START_LINK_USED: {
    meaning: 'The link works once, in one browser, and another browser has used it before.',
    remedy:
      'Ask the buyer to open the shop again. If it happens always, a link scanner opens the links first: switch ' +
      'on continuePage of the connection.',
  },
  SESSION_ACTIVE: {
    meaning: 'The browser already has a live punchout, and the connection does not replace it by itself.',
    remedy: 'The buyer ends the other session, or set onActiveSession to "replace".',
  },
  SESSION_CANCELLED: {
    meaning: 'The session was cancelled by a call of the API.',
    remedy: 'Nothing to repair. The buyer opens the shop again.',
  },
  SESSION_CLOSED: {
    meaning: 'The session has ended: the buyer logged out, or another punchout replaced it.',
    remedy: 'The buyer opens the shop again.',
  },
  SESSION_TRANSFERRED: {
    meaning: 'The cart has left already, and may not be shown again (after 24 hours, or in another browser).',
    remedy: "Look for the cart in the buyer's system. If it is not there, they open the shop again.",
  },
  ORDER_CREATED: {
    meaning: 'The purchase order for this cart has arrived, so the cart cannot be sent again.',
    remedy: 'Compare the order with the cart. To order more, the buyer opens the shop again.',
  },
  SESSION_EXPIRED: {
    meaning: 'The start link was not used in time, or nothing happened in the session for too long.',
    remedy:
      'The buyer opens the shop again. If it happens often, raise startLinkSeconds or idleMinutes of the connection.',
  },
  NO_SESSION: {
    meaning: 'The request needs a live punchout, and this browser has none: no cookie, or an ended session.',
    remedy:
      'Check that the frontend sends cookies (credentials: "include") and stands in frontendOrigins of the tenant.',
  },
  ROUTE_BLOCKED: {
    meaning:
      'During a punchout checkout, account and what orders in the shop are closed; the buyer orders in their own ' +
      'system.',
    remedy: 'Link to the cart instead. A call of your frontend that must be possible can be allowed in the shop proxy.',
  },
  COOKIES_REFUSED: {
    meaning:
      'The browser did not send back the cookie of the login, usually because the shop is in a frame of another site.',
    remedy:
      'Serve the shop by https, so that cookies are partitioned; ask the buyer to allow cookies of the shop or ' +
      'to open it in a window of its own.',
  },
  FRAMING_REFUSED: {
    meaning:
      "The buyer's portal opened our page in a frame, and its origin may not frame us: browsers show an empty frame.",
    remedy:
      'The message log shows the origins that may. Add the origin of the portal to frameAncestors of the ' +
      'connection, or to returnOrigins.',
  },
  SENDING_REFUSED: {
    meaning:
      "The browser did not send the cart's form: the buyer's system redirects it to an origin that is not listed.",
    remedy:
      'Add the origin in the message log to returnOrigins of the connection. If it is listed already, ask the ' +
      'buyer where it redirects to, and add that origin: browsers do not name it.',
  },
  SESSION_AMBIGUOUS: {
    meaning: 'Several live sessions fit the BuyerCookie of the sent cart.',
    remedy: 'Send session_id in the query of the transfer.',
  },
  CART_EMPTY: {
    meaning: "The cart of an edit session has no lines. Sent so, the buyer's system would delete its lines.",
    remedy: 'The buyer confirms (empty=1), or returns without changes (unchanged=1).',
  },
  CART_CHANGED: {
    meaning: 'The shop has changed prices, quantities or lines since the buyer last saw the cart.',
    remedy:
      'The buyer looks at the changes and confirms. Frequent changes point to prices that depend on time or stock.',
  },
  CART_CHANGING: {
    meaning: 'Another change or the transfer holds the cart at this moment, or its lines are still being restored.',
    remedy: 'Repeat the request after a second. If it lasts, the shop is slow: look at its answers.',
  },
  CART_NOT_ENCODABLE: {
    meaning: "A line cannot be written for the buyer's system, or its platform would refuse or lose the line.",
    remedy: 'The reason names line and field. Correct the article, or map the field, unit or price in the connection.',
  },
  PRODUCT_NOT_FOUND: {
    meaning: 'The shop has no article with this number, or does not sell it to this customer.',
    remedy: "Compare the number with the catalogue of the customer's account and sales channel.",
  },
  QUANTITY_INVALID: {
    meaning: 'The quantity is no number, is not positive, or does not fit the steps in which the article is sold.',
    remedy: "Send a decimal number above zero, in the article's steps.",
  },
  READ_ONLY_SESSION: {
    meaning: 'The buyer opened the cart with operation inspect, so nothing may be changed.',
    remedy: 'Ask the buyer to open it with edit; check that the connection allows edit.',
  },
  STORE_UNAVAILABLE: {
    meaning: "The shop's API did not answer, answered with an error, or refused our access.",
    remedy:
      'Look for the reference in the process log, then run "punchout doctor": it checks address, access and rights.',
  },
  STORE_SESSION_LOST: {
    meaning: 'The shop no longer knows the cart: its own session expired or was deleted.',
    remedy:
      'The buyer opens the shop again. Let the shop keep carts at least as long as absoluteMinutes of the connection.',
  },
  SERVICE_UNAVAILABLE: {
    meaning: 'The database or Redis did not answer in time, or takes no writes at the moment.',
    remedy: 'Look at /readyz and the process log. The caller repeats the request; nothing was half done.',
  },
  NOT_FOUND: {
    meaning: 'There is nothing at this address. Often the path of a setup address is misspelled.',
    remedy: 'Compare the path in the message log with the addresses at /docs.',
  },
  METHOD_NOT_ALLOWED: {
    meaning: 'The address exists, but not for this HTTP method.',
    remedy:
      'Use a method of the Allow header. A redirect from http to https often turns POST into GET: give the https ' +
      'address.',
  },
  IDEMPOTENCY_CONFLICT: {
    meaning: 'The Idempotency-Key was used before, for another request.',
    remedy: 'Use a new key for each new request, and the same key only to repeat one.',
  },
  ORDER_NOT_FOUND: {
    meaning: 'No order has this number for this shop or connection.',
    remedy: 'Compare the number with "punchout orders list"; an update or delete must follow a new order.',
  },
  ORDER_STEP_NOT_ALLOWED: {
    meaning: 'The order cannot go from its present status to the one that was sent.',
    remedy: 'Read the present status, and compare the steps with orderSteps of the tenant.',
  },
  ORDER_CONFLICT: {
    meaning: 'An order with this number exists already, with other content.',
    remedy: 'The buyer sends a change as type "update", or the order under a new number.',
  },
  HOOK_URL_REFUSED: {
    meaning: 'Hooks and feeds must be at a public https address.',
    remedy: 'Give a public https address. Inner networks are opened by the option outbound of the server only.',
  },
  CONTEXT_VERSION: {
    meaning: 'Somebody else has changed the session context since it was read.',
    remedy: 'Read the context again, and repeat the change with its version.',
  },
  CONTEXT_REFUSED: {
    meaning: 'The shop does not offer this currency, language, country or site, or the field cannot be changed.',
    remedy: 'The reason names the field. Choose a value that the sales channel offers.',
  },
  INSUFFICIENT_SCOPE: {
    meaning: 'The access token is right, but does not hold the scope of this call.',
    remedy: 'Request the token with that scope; the client must have it ("punchout clients").',
  },
  CUSTOMER_MISMATCH: {
    meaning: 'The customer token belongs to another customer than the session context.',
    remedy: 'Send the token of the customer in the context, or set the customer first.',
  },
  RESOURCE_NOT_FOUND: {
    meaning: 'A call of the admin API names a connection, key or the like that this tenant does not have.',
    remedy: 'Compare the name with the list of the same address. The reason may name the one that was meant.',
  },
  RESOURCE_CONFLICT: {
    meaning: 'A change of settings contradicts what is there, such as a name that is taken.',
    remedy: 'The reason names what it contradicts. Choose another name, or change what is there first.',
  },
  VERSION_CONFLICT: {
    meaning: 'Somebody else has changed the same settings since they were read. Nothing was changed now.',
    remedy: 'Read the settings again, and make the change on the new version.',
  },
  VERSION_MISSING: {
    meaning: 'A change of settings did not say which version it was made for.',
    remedy: 'Send the ETag of the last answer in If-Match.',
  },
  INTERNAL_ERROR: {
    meaning: 'An unexpected fault on our side.',
    remedy: 'Look for the reference in the process log: the line "unexpected error" holds the stack. Report it.',
  },
};
