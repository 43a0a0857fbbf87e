/**
 * Client of the connector for a frontend on another origin: plain `fetch`, for a Nuxt plugin, a Next hook or no
 * framework.
 */
export function punchout(backend) {
  /** JSON of any address of the backend; throws an Error with the answer's `code`. */
  async function ask(path, { method = 'GET', body } = {}) {
    const answer = await fetch(backend + path, {
      method,
      credentials: 'include', // the backend keeps the session in a cookie
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const json = await answer.json();
    if (!answer.ok)
      throw Object.assign(new Error(json.error?.message ?? json.error?.code), {
        code: json.error?.code,
        details: json.error?.details,
        status: answer.status,
      });
    return json;
  }
  const session = '/agiqon/connector/session';
  return {
    ask,
    /** `{ active, operation, … }`; after a transfer `{ active: false, status: 'transferred', resend, … }` */
    status: () => ask(`${session}/get`),
    /** For the router: `beforeEach(async (to) => { const { blocked, cart } = await shop.decide(to.path); … })` */
    decide: (path) => ask(`${session}/guard?path=${encodeURIComponent(path)}`),
    /**
     * Ends the punchout: the browser carries the cart to the procurement system. Called again within 24 hours, it sends
     * the same cart. Throws CART_CHANGED if the shop has changed the cart: show `details.notices`, and call it again
     * with `details.confirm` if the buyer agrees.
     */
    transfer: async (confirmed = '') =>
      submit(await ask(`${session}/logout?transferred=1&confirmed=${confirmed}`, { method: 'POST' })),
    /** Ends the punchout without a cart. */
    leave: () => ask(`${session}/logout`, { method: 'POST' }),
  };
}

/** `{ method, action, fields, target, charset }` as a form that submits itself. */
export function submit({ method, action, fields, target, charset }) {
  const form = Object.assign(document.createElement('form'), { method, action, acceptCharset: charset });
  if (target !== undefined) form.target = target;
  for (const { name, value } of fields)
    form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
  document.body.append(form);
  form.submit();
}
