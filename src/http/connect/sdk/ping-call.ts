import type { ConnectRoute } from '../connect-router.js';

/** Source 003: "Every payload you send will be returned directly", byte for byte; as JSON, which it is. */
export const pingCall: ConnectRoute = {
  method: 'post',
  path: '/sdk/ping',
  call: ({ payload }) => ({ status: 200, contentType: 'application/json', body: payload }),
};
