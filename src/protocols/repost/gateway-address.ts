import { baseUrlOf } from '../../domain/base-url.js';

const CHECKOUT_PATH = '/start-sso-checkout';

/** Where the cart is posted to: source 004's relative path below `gateway_base_url`, which may end in a slash. */
export function checkoutAddress(gatewayBaseUrl: string): string {
  return baseUrlOf(gatewayBaseUrl) + CHECKOUT_PATH;
}
