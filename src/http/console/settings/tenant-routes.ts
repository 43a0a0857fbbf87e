import type { RequestHandler } from 'express';
import { NAME_FIELD, tenantPage } from '../../../console/pages/tenant/tenant-page.js';
import { savedName } from '../../../console/pages/settings-form/settings-form.js';
import { type SettingField, settingAt, settingText } from '../../../domain/access/setting-field.js';
import type { AuditReads } from '../../../ports/transmission/session-search.js';
import type { TenantManagement } from '../../../usecases/manage/tenant-settings.js';
import { changesSince } from '../connections/connection-views.js';
import type { ConsolePages } from '../console-pages.js';
import { type Guard, type Visit, sendUnknown } from '../guard.js';
import type { Prove } from '../prove.js';
import { type EditedSettings, settingsForm } from './settings-form.js';

export interface TenantDeps {
  pages: ConsolePages;
  tenantManagement: TenantManagement;
  auditReads: Pick<AuditReads, 'list'>;
  tenantFields: readonly SettingField[];
}

interface EditedTenant extends EditedSettings {
  name: string;
}

const MOST_CHANGES = 20;

/** Name and settings of the tenant. Keys, origins and addresses grant access, so a change needs the password. */
export function tenantRoutes(
  { pages, tenantManagement, auditReads, tenantFields }: TenantDeps,
  guard: Guard,
  prove: Prove,
): Record<'show' | 'save' | 'saveJson', RequestHandler> {
  return settingsForm<EditedTenant>({
    guard,
    mayRead: 'read_tenant',
    mayChange: 'change_tenant',
    prove,
    async find(visit) {
      const shown = await tenantManagement.show(visit.used.operator.tenantId);
      if (!shown.ok) {
        sendUnknown(pages, visit);
        return undefined;
      }
      const { name, version, settings } = shown.value;
      const kinds = new Map(tenantFields.map((field) => [field.path, field]));
      return {
        name,
        version,
        fields: tenantFields,
        given: settings,
        inForce: settings,
        sourceOf(path) {
          const field = kinds.get(path) ?? { kind: 'text' as const };
          // The list of frontends is stored when it is empty too.
          return settingText(field, settingAt(settings, path)) === '' ? 'default' : 'here';
        },
      };
    },
    send({ res, frame, form }, { name }, view, status) {
      const entered = view.outcome === 'done' ? undefined : editedName(form);
      pages.send(res, frame, tenantPage(frame, { ...view, name: entered ?? name, savedName: name }), status);
    },
    async change({ used, form }, { allSettings, version }) {
      const { tenantId, email } = used.operator;
      const of = { tenantId, by: `operator:${email}`, version };
      return tenantManagement.change(of, { name: editedName(form), allSettings });
    },
    async changesAfter({ used }, version) {
      const rows = await auditReads.list(used.operator.tenantId, { event: 'tenant-changed', limit: MOST_CHANGES });
      return changesSince(version, rows);
    },
    addressOf: () => `${pages.base}/access/tenant`,
  });
}

/** Undefined: the name was not edited. */
function editedName(form: Visit['form']): string | undefined {
  const entered = form.get(NAME_FIELD);
  return entered === null || entered === form.get(savedName(NAME_FIELD)) ? undefined : entered;
}
