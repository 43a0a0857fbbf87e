import type { ComponentChildren, JSX } from 'preact';
import { type PageFrame, PageShell } from '../../ui/shell/page-shell.js';
import { TEXTS } from './texts.js';

/** Before the connection exists; then on the connection itself. */
export const DRAFT_STEPS = ['platform', 'names', 'returns', 'check'] as const;
export type DraftStep = (typeof DRAFT_STEPS)[number];
export const SETUP_STEPS = ['secret', 'customer', 'test', 'hand-over'] as const;
export type SetupStep = (typeof SETUP_STEPS)[number];

/** What one step is given: the frame of the page and its texts. */
export interface StepProps {
  frame: PageFrame;
  texts: (typeof TEXTS)['en'];
}

interface StepFrameProps {
  frame: PageFrame;
  title: string;
  heading: string;
  hint: string;
  step: DraftStep | SetupStep;
  /** Addresses of steps that can be opened. */
  hrefs: Partial<Record<DraftStep | SetupStep, string>>;
  children: ComponentChildren;
}

/** A page of the set-up: where one is, what the step is for, and its form. */
export function StepFrame({ frame, title, heading, hint, step, hrefs, children }: StepFrameProps): JSX.Element {
  const texts = TEXTS[frame.language];
  return (
    <PageShell frame={frame} title={`${heading} - ${title}`} current="connections">
      <p class="sub">{title}</p>
      <Steps
        label={texts.steps}
        current={step}
        steps={[...DRAFT_STEPS, ...SETUP_STEPS].map((name) => ({
          name,
          label: texts.step[name],
          href: hrefs[name],
        }))}
      />
      <h1>{heading}</h1>
      <p class="sub">{hint}</p>
      {children}
    </PageShell>
  );
}

/** Addresses of the steps of a connection that exists. */
export function setupHrefs(base: string, connectionId: string): Record<SetupStep, string> {
  const own = `${base}/connections/${encodeURIComponent(connectionId)}`;
  return {
    secret: `${own}/setup/secret`,
    customer: `${own}/setup/customer`,
    test: `${own}/test`,
    'hand-over': `${own}/hand-over`,
  };
}

interface StepsProps {
  label: string;
  steps: readonly { name: string; label: string; href?: string | undefined }[];
  current: string;
}

/** Where one is in a task of several pages. Steps with an address can be opened again. */
function Steps({ label, steps, current }: StepsProps): JSX.Element {
  const place = steps.findIndex(({ name }) => name === current);
  return (
    <nav aria-label={label}>
      <ol class="steps">
        {steps.map(({ name, label: text, href }, index) => (
          <li class={index < place ? 'past' : undefined} aria-current={name === current ? 'step' : undefined}>
            {href === undefined || name === current ? text : <a href={href}>{text}</a>}
          </li>
        ))}
      </ol>
    </nav>
  );
}
