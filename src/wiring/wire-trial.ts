import { tryCart } from '../adapters/cart-encoder/preview-cart.js';
import { sampleCart, sampleTransmission } from '../adapters/cart-encoder/sample-cart.js';
import { settingsOf } from '../config/connection-settings.js';
import { type SettingsTrial, settingsTrial } from '../usecases/manage/try-settings.js';
import type { ReturnAddressDeps } from '../usecases/transfer/return-addresses.js';
import type { Repositories } from './repositories.js';

/** Previews and replays, for the admin API, the console and the command line. */
export function wireTrial(
  { connections, sentCarts }: Pick<Repositories, 'connections' | 'sentCarts'>,
  addresses: ReturnAddressDeps,
): SettingsTrial {
  return settingsTrial({
    ...addresses,
    connections,
    sentCarts,
    completeSettings: settingsOf,
    tryCart,
    sampleCart,
    sampleTransmission,
  });
}
