import type { JSX } from 'preact';

interface FormRowProps {
  name: string;
  label: string;
  type?: 'text' | 'email' | 'password' | 'search' | 'date';
  value?: string | undefined;
  hint?: string;
  /** What is wrong with the value. */
  fault?: string | undefined;
  autocomplete?: string;
  required?: boolean;
  minLength?: number;
  /** Id of a datalist with suggestions. */
  list?: string;
}

/** Label, field, explanation and fault, connected for screen readers. */
export function FormRow({ name, label, type = 'text', value, hint, fault, ...rest }: FormRowProps): JSX.Element {
  // preact's types take one literal at a time.
  const literal = type as 'text';
  return (
    <div class="field">
      <label for={`f-${name}`}>{label}</label>
      <input
        id={`f-${name}`}
        name={name}
        type={literal}
        value={value}
        autocomplete={rest.autocomplete}
        required={rest.required}
        minLength={rest.minLength}
        list={rest.list}
        aria-invalid={fault === undefined ? undefined : 'true'}
        aria-describedby={describedBy(name, hint, fault)}
      />
      <Explained name={name} hint={hint} fault={fault} />
    </div>
  );
}

/** For several values, one a line. */
export function LinesRow({
  name,
  label,
  value,
  hint,
  fault,
  rows = 3,
}: Omit<FormRowProps, 'type'> & { rows?: number }): JSX.Element {
  return (
    <div class="field">
      <label for={`f-${name}`}>{label}</label>
      <textarea
        id={`f-${name}`}
        name={name}
        rows={rows}
        spellcheck={false}
        aria-invalid={fault === undefined ? undefined : 'true'}
        aria-describedby={describedBy(name, hint, fault)}
      >
        {value}
      </textarea>
      <Explained name={name} hint={hint} fault={fault} />
    </div>
  );
}

type Explanations = Pick<FormRowProps, 'name' | 'hint' | 'fault'>;

function describedBy(name: string, hint: string | undefined, fault: string | undefined): string | undefined {
  const ids = [hint === undefined ? '' : `${name}-hint`, fault === undefined ? '' : `${name}-fault`];
  return ids.join(' ').trim() || undefined;
}

function Explained({ name, hint, fault }: Explanations): JSX.Element {
  return (
    <>
      {hint === undefined ? null : (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {fault === undefined ? null : (
        <p class="fault" id={`${name}-fault`}>
          {fault}
        </p>
      )}
    </>
  );
}

interface ChoiceRowProps {
  name: string;
  label: string;
  value: string;
  choices: readonly { value: string; label: string }[];
  hint?: string;
  fault?: string | undefined;
}

export function ChoiceRow({ name, label, value, choices, hint, fault }: ChoiceRowProps): JSX.Element {
  return (
    <div class="field">
      <label for={`f-${name}`}>{label}</label>
      <select
        id={`f-${name}`}
        name={name}
        aria-invalid={fault === undefined ? undefined : 'true'}
        aria-describedby={describedBy(name, hint, fault)}
      >
        {choices.map((choice) => (
          <option value={choice.value} selected={choice.value === value}>
            {choice.label}
          </option>
        ))}
      </select>
      <Explained name={name} hint={hint} fault={fault} />
    </div>
  );
}
