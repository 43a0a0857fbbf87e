import type { JSX } from 'preact';
import type { Protocol } from '../../../domain/transmission/protocol.js';
import { FormRow, LinesRow } from '../../ui/form-row.js';
import type { Language } from '../../ui/language.js';
import { type FieldFaults, faultText } from './field-fault.js';
import { TEXTS } from './texts.js';

interface FieldsProps {
  language: Language;
  protocol: Protocol;
  /** What was entered, by the names of the fields. */
  entered: Readonly<Record<string, string>>;
  faults: FieldFaults;
}

/** How the buyer names itself: domain and identity of cXML, user name of OCI. A middleware has no name. */
export function NameFields({ language, protocol, entered, faults }: FieldsProps): JSX.Element | null {
  const texts = TEXTS[language];
  if (protocol === 'repost') return null;
  return (
    <>
      {protocol === 'cxml' ? (
        <FormRow
          name="domain"
          label={texts.domain}
          value={entered['domain'] ?? 'NetworkId'}
          hint={texts.domainHint}
          fault={faultText(faults['domain'], language)}
          autocomplete="off"
        />
      ) : null}
      <FormRow
        name="identity"
        label={protocol === 'cxml' ? texts.identity : texts.userName}
        value={entered['identity']}
        hint={protocol === 'cxml' ? texts.identityHint : texts.userNameHint}
        fault={faultText(faults['identity'], language)}
        autocomplete="off"
      />
    </>
  );
}

/** Never filled in again: a secret is in no page. */
export function SecretField({ language, protocol, faults }: Omit<FieldsProps, 'entered'>): JSX.Element {
  const texts = TEXTS[language];
  return (
    <FormRow
      name="secret"
      label={texts.secret[protocol]}
      type="password"
      hint={texts.secretHint[protocol]}
      fault={faultText(faults['secret'], language)}
      autocomplete="off"
    />
  );
}

export function ReturnsField({ language, protocol, entered, faults }: FieldsProps): JSX.Element {
  const texts = TEXTS[language];
  return (
    <LinesRow
      name="returns"
      label={texts.returns}
      value={entered['returns']}
      hint={protocol === 'repost' ? texts.returnsHintMiddleware : texts.returnsHint}
      fault={faultText(faults['returns'], language)}
    />
  );
}
