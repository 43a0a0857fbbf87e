import type { ComponentChildren, JSX } from 'preact';
import type { RuleRow } from '../../../domain/mapping/mapping-draft.js';
import { FormRow, LinesRow } from '../../ui/form-row.js';
import type { MappingPartProps } from './mapping-part.js';
import type { MappingView } from './mapping-view.js';

/** The rules: each folded to one line, to be opened and edited; those of the profile below. */
export function RuleRows({ view, texts }: MappingPartProps): JSX.Element {
  const { draft, faults, presets, openRow } = view;
  return (
    <>
      <datalist id="targets">
        {view.targets.map((target) => (
          <option value={target} />
        ))}
      </datalist>
      {draft.rows.length === 0 ? <p class="hint">{texts.noRules}</p> : null}
      {draft.rows.map((row, index) => {
        const own = faults.filter((fault) => fault.row === index);
        const name = texts.row(row.target, index + 1);
        return (
          <details class="rule" open={own.length > 0 || index === openRow}>
            <summary>
              <RuleLine name={name} row={row} />
            </summary>
            <Editor row={row} index={index} faults={own} texts={texts} />
            <div class="actions">
              <Act value={`up.${index}`} label={texts.ofRow(texts.up, name)} isOff={index === 0}>
                {texts.up}
              </Act>
              <Act
                value={`down.${index}`}
                label={texts.ofRow(texts.down, name)}
                isOff={index === draft.rows.length - 1}
              >
                {texts.down}
              </Act>
              <Act value={`remove.${index}`} label={texts.ofRow(texts.remove, name)}>
                {texts.remove}
              </Act>
            </div>
          </details>
        );
      })}
      <p>
        <button class="quiet" name="do" value="add">
          {texts.add}
        </button>
      </p>
      {presets.rows.length === 0 ? null : (
        <>
          <h3>{texts.presets(presets.platform)}</h3>
          {presets.rows.map((row) => (
            <div class="rule preset">
              <RuleLine name={row.target} row={row} />
              <Act value={`take.${row.target}`} label={texts.ofRow(texts.take, row.target)}>
                {texts.take}
              </Act>
            </div>
          ))}
        </>
      )}
    </>
  );
}

/** `Description <- line.description, line.name; trim; cut 2000 bytes` */
function RuleLine({ name, row }: { name: string; row: RuleRow }): JSX.Element {
  const parts = [
    row.sources
      .split('\n')
      .filter((line) => line.trim() !== '')
      .join(', '),
    ...row.transforms.split('\n').filter((line) => line.trim() !== ''),
    ...(row.fixed === '' ? [] : [`"${row.fixed}"`]),
  ].filter((part) => part !== '');
  return (
    <>
      <strong>{name}</strong> <span class="from">{parts.length === 0 ? '' : `\u2190 ${parts.join('; ')}`}</span>
    </>
  );
}

interface EditorProps {
  row: RuleRow;
  index: number;
  faults: MappingView['faults'];
  texts: MappingPartProps['texts'];
}

function Editor({ row, index, faults, texts }: EditorProps): JSX.Element {
  const faultOf = (field: keyof RuleRow): string | undefined => {
    const own = faults.filter((fault) => (fault.field ?? 'target') === field);
    return own.length === 0 ? undefined : own.map(({ text }) => text).join(' ');
  };
  return (
    <div class="rule-fields">
      <FormRow
        name={`target.${index}`}
        label={texts.target}
        value={row.target}
        hint={texts.targetHint}
        list="targets"
        fault={faultOf('target')}
      />
      <FormRow
        name={`fixed.${index}`}
        label={texts.fixed}
        value={row.fixed}
        hint={texts.fixedHint}
        fault={faultOf('fixed')}
      />
      <LinesRow
        name={`sources.${index}`}
        label={texts.sources}
        value={row.sources}
        hint={texts.sourcesHint}
        fault={faultOf('sources')}
      />
      <LinesRow
        name={`transforms.${index}`}
        label={texts.transforms}
        value={row.transforms}
        hint={texts.transformsHint}
        fault={faultOf('transforms')}
      />
    </div>
  );
}

interface ActProps {
  value: string;
  label: string;
  isOff?: boolean;
  children: ComponentChildren;
}

function Act({ value, label, isOff, children }: ActProps): JSX.Element {
  return (
    <button class="link" name="do" value={value} aria-label={label} disabled={isOff}>
      {children}
    </button>
  );
}
