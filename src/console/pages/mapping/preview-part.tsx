import type { JSX } from 'preact';
import { DocumentView } from '../../ui/document-view.js';
import { ChoiceRow } from '../../ui/form-row.js';
import { exactText } from '../../ui/moment.js';
import { FindingList, type MappingPartProps } from './mapping-part.js';
import type { MappingFault } from './mapping-view.js';

/**
 * The cart to choose, and the document that it gives with the edits. A script shows the document again while somebody
 * types (ui/shell/preview-script.ts): it replaces what is in `preview`, and tells `data-told` to screen readers.
 */
export function PreviewPart(part: MappingPartProps): JSX.Element {
  const { carts, cart } = part.view;
  const { texts } = part;
  const choices = [
    { value: '', label: texts.sample },
    ...carts.map(({ id, sentAt, total }) => ({
      value: id,
      label: `${exactText(sentAt)}, ${total}, ${id}`,
    })),
  ];
  return (
    <>
      <div class="chooser">
        <ChoiceRow name="cart" label={texts.cart} value={cart} choices={choices} />
        <button class="quiet" name="do" value="show">
          {texts.show}
        </button>
      </div>
      <p id="preview-told" class="unseen" role="status" aria-live="polite" data-failed={texts.previewFailed}></p>
      <div id="preview" data-told={toldOf(part)}>
        <Preview {...part} />
      </div>
    </>
  );
}

function toldOf({ view: { tried, untried, draft, faults }, texts }: MappingPartProps): string {
  if (untried !== undefined) return untried;
  if (tried === undefined)
    return [texts.faulty, ...faults.map((fault) => faultText(fault, draft.rows, texts))].join(' ');
  if (tried.refused !== undefined) return texts.refused(tried.refused);
  return tried.findings.length === 0 ? texts.noFindings : texts.findings(tried.findings.length);
}

function Preview({ view: { tried, untried, draft, faults }, texts }: MappingPartProps): JSX.Element {
  if (untried !== undefined) return <p class="say bad">{untried}</p>;
  if (tried === undefined)
    return (
      <div class="say warn">
        <p>{texts.faulty}</p>
        <ul>
          {faults.map((fault) => (
            <li>{faultText(fault, draft.rows, texts)}</li>
          ))}
        </ul>
      </div>
    );
  return (
    <>
      {tried.refused === undefined ? null : <p class="say bad">{texts.refused(tried.refused)}</p>}
      {tried.document.length === 0 ? (
        <p class="hint">{texts.notShown}</p>
      ) : (
        <DocumentView
          id="document"
          title={texts.document}
          content={tried.document.join('\n')}
          copyLabel={texts.copy}
          cutText={texts.cut}
          isOpen
        />
      )}
      <p class="what">{tried.findings.length === 0 ? texts.noFindings : texts.findings(tried.findings.length)}</p>
      <FindingList findings={tried.findings} texts={texts} />
    </>
  );
}

/** `Description, Sources: is no source path` */
function faultText(
  { row, field, text }: MappingFault,
  rows: MappingPartProps['view']['draft']['rows'],
  texts: MappingPartProps['texts'],
): string {
  if (row === undefined) return text;
  const name = texts.row(rows[row]?.target ?? '', row + 1);
  return `${field === undefined ? name : texts.ofField(name, texts[field])}: ${text}`;
}
