import type { JSX } from 'preact';
import { INDEX_FAULTS, type IndexIssue, type IndexRunState } from '../../../domain/catalogue/catalogue-index.js';
import { customerText } from '../../../domain/access/store-customer.js';
import { Badge, type Tone } from '../../ui/badge.js';
import type { Language } from '../../ui/language.js';
import { numberText } from '../../ui/numbers.js';
import type { WhoseLine } from './indexes-view.js';
import { TEXTS } from './texts.js';

const TONES: Record<IndexRunState, Tone> = { reading: 'info', writing: 'info', done: 'good', failed: 'bad' };

export function StateBadge({ state, language }: { state: IndexRunState; language: Language }): JSX.Element {
  return <Badge tone={TONES[state]} text={TEXTS[language].states[state]} />;
}

export function isGoing({ state }: { state: IndexRunState }): boolean {
  return state === 'reading' || state === 'writing';
}

/** Whose prices a run, a file or a push has: the address id, and the customer where it is known. */
export function whoseText({ addressId, customer }: WhoseLine, language: Language): string {
  const texts = TEXTS[language].whose;
  const name = customer === undefined ? undefined : customerText(customer);
  if (addressId === undefined) return name === undefined ? texts.usual : texts.usualCustomer(name);
  return name === undefined ? texts.address(addressId) : texts.addressCustomer(addressId, name);
}

/** Who began a run, as people say it. */
export function starterText(startedBy: string, language: Language): string {
  const texts = TEXTS[language];
  if (startedBy === 'schedule') return texts.bySchedule;
  if (startedBy === 'cli') return texts.byCommand;
  const [, kind, name = ''] = /^(operator|key):(.*)$/s.exec(startedBy) ?? [];
  return kind === 'operator' ? name : kind === 'key' ? texts.byKey(name) : startedBy;
}

/** How much was found: products that were left out, and warnings. */
export function foundText(issues: readonly IndexIssue[], language: Language): string {
  const texts = TEXTS[language];
  if (issues.length === 0) return texts.noIssuesShort;
  const count = (severity: 'error' | 'warning'): string =>
    numberText(
      issues.reduce((sum, one) => (INDEX_FAULTS[one.kind].severity === severity ? sum + one.count : sum), 0),
      language,
    );
  return texts.counts(count('error'), count('warning'));
}
