import type { ConnectionRepository } from '../../ports/access/connection-repository.js';
import { isPossibleName } from '../../domain/access/party-match.js';
import type { Memory } from './remember.js';

export function cachedConnections(
  connections: ConnectionRepository,
  { recall, forgetAfter }: Memory,
): ConnectionRepository {
  return {
    find: (tenantId, connectionId) =>
      recall(`c\0${tenantId}\0${connectionId}`, () => connections.find(tenantId, connectionId)),
    findByCredential: async (name) =>
      !isPossibleName(name)
        ? []
        : recall(`n\0${name.kind}\0${name.domain.toLowerCase()}\0${name.identity.toLowerCase()}`, () =>
            connections.findByCredential(name),
          ),
    list: (tenantId) => recall(`l\0${tenantId}`, () => connections.list(tenantId)),
    save: (connection) => forgetAfter(connections.save(connection)),
    addCredential: (tenantId, connectionId, credential) =>
      forgetAfter(connections.addCredential(tenantId, connectionId, credential)),
    addSecret: (tenantId, connectionId, secret, keep) =>
      forgetAfter(connections.addSecret(tenantId, connectionId, secret, keep)),
    // Secrets in clear are never kept in memory longer than a request.
    recoverableSecrets: (tenantId, connectionId) => connections.recoverableSecrets(tenantId, connectionId),
    listParameterNames: () => recall('p', () => connections.listParameterNames()),
  };
}
