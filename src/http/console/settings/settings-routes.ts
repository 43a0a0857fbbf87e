import type { RequestHandler } from 'express';
import { settingsPage } from '../../../console/pages/settings/settings-page.js';
import { type SettingField, settingAt } from '../../../domain/access/setting-field.js';
import type { Protocol } from '../../../domain/transmission/protocol.js';
import type { TenantRepository } from '../../../ports/access/connection-repository.js';
import type { ConnectionChanges } from '../../../usecases/manage/change-connection.js';
import type { ConnectionStories } from '../../../usecases/manage/connection-story.js';
import type { ConnectionReads } from '../../../usecases/manage/read-connections.js';
import { changesAfter } from '../connections/connection-views.js';
import type { ConsolePages } from '../console-pages.js';
import { type Guard, type Visit, sendUnknown } from '../guard.js';
import { type EditedSettings, settingsForm } from './settings-form.js';

export interface SettingsDeps {
  pages: ConsolePages;
  connectionReads: Pick<ConnectionReads, 'show'>;
  stories: ConnectionStories;
  tenants: Pick<TenantRepository, 'find'>;
  connectionChanges: Pick<ConnectionChanges, 'change'>;
  profiles: readonly { name: string; settings: object }[];
  fieldsOf: (protocol: Protocol) => SettingField[];
}

interface EditedConnection extends EditedSettings {
  connectionId: string;
  name: string;
}

/** All settings of a connection. They are saved by the change that the admin API makes too. */
export function settingsRoutes(
  { pages, stories, connectionReads, tenants, connectionChanges, profiles, fieldsOf }: SettingsDeps,
  guard: Guard,
): Record<'show' | 'save' | 'saveJson', RequestHandler> {
  const idIn = ({ req }: Visit): string => String(req.params['connectionId'] ?? '');
  return settingsForm<EditedConnection>({
    guard,
    mayRead: 'read_connections',
    mayChange: 'change_connections',
    async find(visit) {
      const shown = await connectionReads.show(visit.used.operator.tenantId, idIn(visit));
      if (!shown.ok) {
        sendUnknown(pages, visit);
        return undefined;
      }
      const { tenantId, connectionId, name, version, protocol, given, settings } = shown.value;
      const preset = profiles.find((profile) => profile.name === settings.profile)?.settings ?? {};
      const policy = (await tenants.find(tenantId))?.settings.connectionDefaults ?? {};
      return {
        connectionId,
        name,
        version,
        fields: fieldsOf(protocol),
        given,
        inForce: settings,
        sourceOf(path) {
          if (settingAt(given, path) !== undefined) return 'here';
          if (settingAt(preset, path) !== undefined) return 'profile';
          return settingAt(policy, path) === undefined ? 'default' : 'tenant';
        },
      };
    },
    send({ res, frame }, { connectionId, name }, view, status) {
      pages.send(res, frame, settingsPage(frame, { connectionId, name, ...view }), status);
    },
    change(visit, { allSettings, version }) {
      const { tenantId, email } = visit.used.operator;
      const of = { tenantId, connectionId: idIn(visit), by: `operator:${email}`, version };
      return connectionChanges.change(of, { allSettings });
    },
    changesAfter: (visit, version) =>
      changesAfter(stories, { tenantId: visit.used.operator.tenantId, connectionId: idIn(visit), version }),
    addressOf: (visit) => `${pages.base}/connections/${encodeURIComponent(idIn(visit))}/settings`,
  });
}
