/** Id of the form that carries a cart (source 000). */
export const TRANSFER_FORM_ID = 'punchout_transfer';

/**
 * Submits before the page has loaded, so the browser keeps no history entry of it (SECURITY T13); through the prototype,
 * because a field called "submit" would hide the method (T17). ASCII only, constant: its hash stands in the CSP.
 */
export const SUBMIT_SCRIPT = `HTMLFormElement.prototype.submit.call(document.getElementById('${TRANSFER_FORM_ID}'))`;
