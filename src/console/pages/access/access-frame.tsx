import type { ComponentChildren, JSX } from 'preact';
import { Notice, RefusedReason } from '../../ui/notice.js';
import { wrongProofText } from '../../ui/proof-field.js';
import { type PageFrame, PageShell } from '../../ui/shell/page-shell.js';
import { TEXTS } from './texts.js';

export type AccessPart = 'keys' | 'clients' | 'shops' | 'sites' | 'tenant';

/** What a change led to. */
export type AccessOutcome = { kind: 'done' } | { kind: 'wrong_proof' } | { kind: 'refused'; reason: string };

/** A secret that was made by this very request; in no other page. */
export interface MadeSecret {
  label: string;
  secret: string;
}

interface AccessFrameProps {
  frame: PageFrame;
  part: AccessPart;
  sub: string;
  made?: readonly MadeSecret[] | undefined;
  outcome?: AccessOutcome | undefined;
  isWide?: boolean;
  children: ComponentChildren;
}

const PATHS: Record<AccessPart, string> = {
  keys: '',
  clients: '/clients',
  shops: '/shops',
  sites: '/sites',
  tenant: '/tenant',
};

/** Title, the other parts of Access, and what the last change led to. */
export function AccessFrame(props: AccessFrameProps): JSX.Element {
  const { frame, part, sub, made, outcome, isWide, children } = props;
  const texts = TEXTS[frame.language];
  return (
    <PageShell frame={frame} title={`${texts.title}: ${texts.parts[part]}`} current="access" isWide={isWide}>
      <h1>{texts.title}</h1>
      <nav class="parts" aria-label={texts.title}>
        {(Object.keys(PATHS) as AccessPart[]).map((name) => (
          <a href={`${frame.base}/access${PATHS[name]}`} aria-current={name === part ? 'page' : undefined}>
            {texts.parts[name]}
          </a>
        ))}
        <a href={`${frame.base}/operators`}>{texts.operators}</a>
      </nav>
      <p class="sub">{sub}</p>
      <Told frame={frame} made={made} outcome={outcome} />
      {children}
    </PageShell>
  );
}

function Told({ frame, made = [], outcome }: Pick<AccessFrameProps, 'frame' | 'made' | 'outcome'>): JSX.Element | null {
  const texts = TEXTS[frame.language];
  if (made.length > 0)
    return (
      <Notice tone="good">
        <p>{texts.once}</p>
        {made.map(({ label, secret }) => (
          <p>
            {label}: <code class="secret">{secret}</code>
          </p>
        ))}
      </Notice>
    );
  switch (outcome?.kind) {
    case 'done':
      return <Notice tone="good">{texts.done}</Notice>;
    case 'wrong_proof':
      return <Notice tone="bad">{wrongProofText(frame)}</Notice>;
    case 'refused':
      return (
        <Notice tone="bad">
          <RefusedReason language={frame.language} reason={outcome.reason} />
        </Notice>
      );
    default:
      return null;
  }
}
