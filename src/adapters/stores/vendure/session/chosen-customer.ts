import type { CartRef } from '../../../../domain/cart/cart.js';
import { PunchoutError } from '../../../../domain/error-codes.js';
import { type Transmission, transmissionKeyOf } from '../../../../domain/transmission/transmission.js';
import type { StoreCustomers } from '../../../../ports/store/store-extras.js';

const NAME_CURE =
  'name a customer of the shop by e-mail: in store.customer, in store.customerRules or in the table of addresses';

/**
 * Makes a copy of the customer that was chosen for a cart, with the customer's groups and addresses, for this cart
 * alone: Vendure has one active order per customer. False: none was chosen. Without access to the Admin API the usual
 * customer of the connection is passed over, as it always was, and any other one is a fault.
 */
export async function copyChosen(customers: StoreCustomers | undefined, transmission: Transmission): Promise<boolean> {
  const { shopCustomer } = transmission.request;
  if (shopCustomer === undefined) return false;
  const { customer, by } = shopCustomer;
  if (customers === undefined && by === 'connection') return false;
  if (customers === undefined)
    throw fault(
      'a customer was chosen for this cart, and there is no access to the Admin API',
      'give the access data of an administrator (VENDURE_ADMIN_USERNAME, VENDURE_ADMIN_PASSWORD)',
    );
  if (!('email' in customer)) throw fault('Vendure has no customer numbers', NAME_CURE);
  const copied = await customers.clone(customer.email, transmission, 'buyer');
  if (!copied.ok) throw fault('no customer of the shop has the e-mail address that was chosen', NAME_CURE);
  return true;
}

/** The cart of a copy. If it cannot be opened, the copy is removed. */
export async function openCopy(
  customers: StoreCustomers | undefined,
  transmissionId: string,
  open: () => Promise<CartRef>,
): Promise<CartRef> {
  try {
    return ofCopy(await open());
  } catch (reason) {
    await removeCopy(customers, transmissionId).catch(() => undefined);
    throw reason;
  }
}

export async function removeCopy(customers: StoreCustomers | undefined, transmissionId: string): Promise<void> {
  const key = transmissionKeyOf(transmissionId);
  if (key !== undefined) await customers?.remove(key);
}

function fault(reason: string, cure: string): PunchoutError {
  return new PunchoutError('STORE_UNAVAILABLE', `vendure: ${reason}`, { cure });
}

/** The cart with the mark that its customer is a copy, which goes with it. */
export function ofCopy(ref: CartRef): CartRef {
  return { ...ref, handle: { ...ref.handle, copy: 'yes' } };
}

export function isOfCopy({ handle }: CartRef): boolean {
  return handle?.['copy'] === 'yes';
}
