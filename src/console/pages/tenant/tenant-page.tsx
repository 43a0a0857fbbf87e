import { FormRow } from '../../ui/form-row.js';
import type { PageFrame } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { SettingsForm, type SettingsFormView, savedName } from '../settings-form/settings-form.js';
import { AccessFrame } from '../access/access-frame.js';
import { TEXTS } from './texts.js';

export interface TenantView extends SettingsFormView {
  /** As saved or as entered. */
  name: string;
  savedName: string;
}

/** Field of the tenant's name, which is none of its settings. */
export const NAME_FIELD = 'tenant_name';

/** Name and settings of the tenant. */
export function tenantPage(frame: PageFrame, view: TenantView): string {
  const words = TEXTS[frame.language];
  return renderPage(
    <AccessFrame frame={frame} part="tenant" sub={words.sub} isWide>
      <SettingsForm
        frame={frame}
        view={view}
        own={`${frame.base}/access/tenant`}
        words={words}
        hint={words.hint}
        needsProof
      >
        <input type="hidden" name={savedName(NAME_FIELD)} value={view.savedName} />
        <FormRow name={NAME_FIELD} label={words.name} value={view.name} hint={words.nameHint} required />
      </SettingsForm>
    </AccessFrame>,
  );
}
