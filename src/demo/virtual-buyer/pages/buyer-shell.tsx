import type { ComponentChildren, JSX } from 'preact';
import { type Finding } from '../../../protocols/returned-cart.js';
import { Badge } from '../../../console/ui/badge.js';
import { DocumentView } from '../../../console/ui/document-view.js';
import type { Language } from '../../../console/ui/language.js';
import { type OpenFrame, OpenShell } from '../../../console/ui/shell/open-shell.js';
import { BUYER_TEXTS } from './texts.js';

interface BuyerShellProps {
  frame: OpenFrame;
  title: string;
  current?: 'start' | 'play';
  refreshSeconds?: number;
  children: ComponentChildren;
}

/** A whole page of the virtual buyer. */
export function BuyerShell({ frame, title, current, refreshSeconds, children }: BuyerShellProps): JSX.Element {
  const { name, navigation, links } = BUYER_TEXTS[frame.language];
  return (
    <OpenShell
      frame={frame}
      title={title}
      name={name}
      home="/virtual-buyer"
      navigation={navigation}
      links={[
        { href: '/virtual-buyer', label: links.start, isCurrent: current === 'start' },
        { href: '/virtual-buyer/play', label: links.play, isCurrent: current === 'play' },
        { href: '/', label: links.shop },
        { href: '/console', label: links.console },
      ]}
      {...(refreshSeconds === undefined ? {} : { refreshSeconds })}
    >
      {children}
    </OpenShell>
  );
}

/** A document that was sent or received, secrets redacted. */
export interface ShownDocument {
  kind: 'callUp' | 'setup' | 'clone' | 'order' | 'answer' | 'cart';
  text: string;
}

export function Documents({
  documents,
  language,
  isOpen = false,
}: {
  documents: readonly ShownDocument[];
  language: Language;
  isOpen?: boolean;
}): JSX.Element {
  const texts = BUYER_TEXTS[language];
  return (
    <section>
      {documents.map(({ kind, text }) => (
        <DocumentView
          id={`document-${kind}`}
          title={texts.document[kind]}
          content={text}
          copyLabel={texts.copy}
          cutText={texts.cut}
          isOpen={isOpen}
        />
      ))}
    </section>
  );
}

export function Findings({
  findings,
  language,
}: {
  findings: readonly Finding[];
  language: Language;
}): JSX.Element | null {
  const texts = BUYER_TEXTS[language];
  if (findings.length === 0) return null;
  return (
    <ul class="findings">
      {findings.map(({ severity, place, text }) => (
        <li>
          <Badge tone={severity === 'error' ? 'bad' : 'warn'} text={texts[severity]} />{' '}
          <span class="hint">{place}</span> {text}
        </li>
      ))}
    </ul>
  );
}

/** A link for all who have seen enough of this punchout. */
export function Again({ language }: { language: Language }): JSX.Element {
  return (
    <p class="pager">
      <a class="button quiet" href="/virtual-buyer" target="_top">
        {BUYER_TEXTS[language].again}
      </a>
    </p>
  );
}
