import { TEXTS } from '../../../console/pages/mapping/texts.js';
import type { MappingFault } from '../../../console/pages/mapping/mapping-view.js';
import type { Language } from '../../../console/ui/language.js';
import type { SettingFault } from '../../../domain/error-codes.js';
import { type DraftFault, type MappingDraft, type RuleRow, rowOf } from '../../../domain/mapping/mapping-draft.js';
import type { FieldRule } from '../../../domain/mapping/mapping.js';

/** More rules than a mapping may have. */
const MOST_ROWS = 200;
const NEW_ROW: RuleRow = { target: '', sources: '', transforms: '', fixed: '' };

/** The edits as the form carries them: nothing of them is stored before they are saved. */
export function draftIn(form: URLSearchParams): MappingDraft {
  const text = (name: string): string => (form.get(name) ?? '').replaceAll('\r\n', '\n');
  const count = Math.min(MOST_ROWS, Math.max(0, Number.parseInt(form.get('rows') ?? '0', 10) || 0));
  const rows = Array.from({ length: count }, (_, index) => ({
    target: text(`target.${index}`),
    sources: text(`sources.${index}`),
    transforms: text(`transforms.${index}`),
    fixed: text(`fixed.${index}`),
  }));
  return { rows, shipping: text('shipping'), promotions: text('promotions'), vendorFields: text('vendor_fields') };
}

/** What the pressed button does to the rows. `openRow`: the one that it is about. */
export function editedDraft(
  draft: MappingDraft,
  act: string,
  presets: Readonly<Record<string, FieldRule>>,
): { draft: MappingDraft; openRow?: number } {
  const [word = '', ...rest] = act.split('.');
  const name = rest.join('.');
  const rows = [...draft.rows];
  if (word === 'add' && rows.length < MOST_ROWS) {
    rows.push(NEW_ROW);
    return { draft: { ...draft, rows }, openRow: rows.length - 1 };
  }
  const preset = word === 'take' && Object.hasOwn(presets, name) ? presets[name] : undefined;
  if (preset !== undefined) {
    rows.push(rowOf(name, preset));
    return { draft: { ...draft, rows }, openRow: rows.length - 1 };
  }
  const index = /^\d{1,3}$/.test(name) ? Number(name) : -1;
  const row = rows[index];
  if (row === undefined) return { draft };
  if (word === 'remove') {
    rows.splice(index, 1);
    return { draft: { ...draft, rows } };
  }
  const to = word === 'up' ? index - 1 : word === 'down' ? index + 1 : index;
  if (to === index || to < 0 || to >= rows.length) return { draft };
  rows.splice(index, 1);
  rows.splice(to, 0, row);
  return { draft: { ...draft, rows }, openRow: to };
}

export function draftFaultText(fault: DraftFault, language: Language): string {
  const { faults } = TEXTS[language];
  return fault.kind === 'transform' ? faults.transform(fault.line, fault.meant) : faults[fault.kind];
}

/** Where a part of a rule is entered. */
const FIELD_OF: Readonly<Record<string, keyof RuleRow>> = {
  from: 'sources',
  fallbacks: 'sources',
  fixed: 'fixed',
  transforms: 'transforms',
};

/** Faults of the schema, each at the row whose field it names. */
export function faultsAtRows(faults: readonly SettingFault[], rules: string, { rows }: MappingDraft): MappingFault[] {
  return faults.map(({ path, message }) => {
    const row = rows.findIndex(({ target }) => {
      const own = `mapping.${rules}.${target.trim()}`;
      return path === own || path.startsWith(`${own}.`);
    });
    if (row < 0) return { text: `${path}: ${message}` };
    const part = path.slice(`mapping.${rules}.${rows[row]?.target.trim() ?? ''}.`.length).split('.', 1)[0] ?? '';
    return { row, field: FIELD_OF[part] ?? 'target', text: message };
  });
}
