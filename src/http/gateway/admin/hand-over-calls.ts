import { accept } from '../../../domain/error-codes.js';
import type { HandOverUseCases } from '../../../usecases/manage/hand-over.js';
import type { ReadAcceptance } from '../../../usecases/manage/read-acceptance.js';
import type { AdminCall, AdminRequest } from './admin-route.js';

interface Deps {
  acceptance: ReadAcceptance;
  handOver: Pick<HandOverUseCases, 'sheet' | 'makeLink'>;
  /** Where links are opened, without the token. */
  linkUrl: string;
}

export function handOverCalls({ handOver, acceptance, linkUrl }: Deps): Record<string, AdminCall> {
  return {
    async adminGetHandOver({ tenantId, params }: AdminRequest) {
      const read = await handOver.sheet(tenantId, params['connection'] ?? '');
      if (!read.ok) return read;
      const { name, protocol, profile, addresses, access, returnOrigins, samples, connection } = read.value;
      return accept({
        data: {
          name,
          protocol,
          profile: profile ?? null,
          addresses,
          access: access.map(({ field, value }) => ({ field, value: value ?? null })),
          return_origins: returnOrigins,
          samples,
        },
        version: connection.version,
      });
    },
    async adminGetAcceptance({ tenantId, params }: AdminRequest) {
      const read = await acceptance(tenantId, params['connection'] ?? '');
      if (!read.ok) return read;
      const { connection, steps, isAccepted } = read.value;
      return accept({
        data: {
          name: connection.name,
          protocol: connection.protocol,
          accepted: isAccepted,
          steps: steps.map(({ step, seen }) => ({
            step,
            seen_at: seen?.at.toISOString() ?? null,
            session_id: seen?.transmissionId ?? null,
          })),
        },
      });
    },
    async adminMakeHandOver({ tenantId, by, params, version, body }: AdminRequest<{ with_secret?: boolean }>) {
      const of = { tenantId, connectionId: params['connection'] ?? '', by, version };
      const made = await handOver.makeLink(of, body.with_secret === true);
      if (!made.ok) return made;
      const expires = { expires_at: made.value.expiresAt.toISOString() };
      return accept({
        data: { url: `${linkUrl}/${made.value.token}`, ...expires },
        kept: { url: null, ...expires },
        version: made.value.version,
      });
    },
  };
}
