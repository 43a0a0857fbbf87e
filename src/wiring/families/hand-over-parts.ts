import { previewCart } from '../../adapters/cart-encoder/preview-cart.js';
import { sampleCart, sampleTransmission } from '../../adapters/cart-encoder/sample-cart.js';
import { OPEN_BUY_PREFIX } from '../../http/open-buy/router.js';
import { CALL_UP_PATHS, writeCallUp } from '../../protocols/write-call-up.js';
import { type HandOverUseCases, handOverUseCases } from '../../usecases/manage/hand-over.js';
import { readAcceptance } from '../../usecases/manage/read-acceptance.js';
import { connectionReads } from '../../usecases/manage/read-connections.js';
import type { Parts } from '../shared-use-cases.js';

type HandOverParts = Pick<
  Parts,
  'apiKeys' | 'atomically' | 'connections' | 'handOvers' | 'middlewareKeys' | 'oauthClients' | 'options' | 'seenSteps'
>;

/** Stands in a sample where the secret belongs. */
const PLACEHOLDER = 'the-secret';

/** Hand-over sheets, for the console and the admin API. */
export function handOverOf(parts: HandOverParts): HandOverUseCases {
  const { publicUrl } = parts.options;
  return handOverUseCases({
    reads: connectionReads(parts),
    handOvers: parts.handOvers,
    acceptance: readAcceptance({ reads: connectionReads(parts), seenSteps: parts.seenSteps }),
    access: parts,
    atomically: parts.atomically,
    publicUrl,
    paths: {
      cxml: { callUp: CALL_UP_PATHS.cxml, order: '/v1/punchout/order' },
      oci: { callUp: CALL_UP_PATHS.oci },
      repost: { callUp: CALL_UP_PATHS.repost },
    },
    openBuyPath: OPEN_BUY_PREFIX,
    samplesOf: (connection, name) => ({
      callUp: writeCallUp({
        ...connection,
        name,
        secret: PLACEHOLDER,
        returnUrl: connection.settings.returnOrigins[0] ?? '',
        mark: 'sample-1',
        at: new Date(),
        host: new URL(publicUrl).hostname,
      }).text,
      cart: previewCart({
        connection,
        cart: sampleCart(connection.settings.currency),
        transmission: sampleTransmission(connection),
      }).document.join('\n'),
    }),
  });
}
