import type { JSX } from 'preact';
import type { Explained } from '../../../domain/explanations/explain.js';
import type { Protocol } from '../../../domain/transmission/protocol.js';
import { DocumentView } from '../../ui/document-view.js';
import { Fact, FactList } from '../../ui/fact-list.js';
import type { Language } from '../../ui/language.js';
import { TEXTS } from './texts.js';

export interface SheetView {
  name: string;
  protocol: Protocol;
  /** What is known about the platform. */
  platform?: Pick<Explained, 'meaning' | 'remedy' | 'basis' | 'setup'> & { name: string };
  addresses: readonly { use: 'call_up' | 'order' | 'open_buy'; url: string }[];
  /** Without a value: the secret. */
  access: readonly { field: string; value?: string }[];
  returnOrigins: readonly string[];
  samples: readonly { kind: 'call_up' | 'cart'; content: string }[];
  /** Shown once. */
  secret?: string;
}

/** What the buyer's IT enters, and what it checks. */
export function HandOverSheet({ language, view }: { language: Language; view: SheetView }): JSX.Element {
  const texts = TEXTS[language];
  const { platform, secret, protocol } = view;
  return (
    <>
      <h2>{texts.addresses}</h2>
      <FactList>
        {view.addresses.map(({ use, url }) => (
          <Fact label={use === 'call_up' ? texts.uses[protocol] : texts[use]}>
            <code>{url}</code>
          </Fact>
        ))}
      </FactList>
      <h2>{texts.access}</h2>
      <FactList>
        {view.access.map(({ field, value }) => (
          <Fact label={<code>{field}</code>}>
            {value !== undefined ? (
              <code>{value}</code>
            ) : secret === undefined ? (
              <i>{texts.secretGoes}</i>
            ) : (
              <>
                <code class="secret">{secret}</code> <i>{texts.secretHere}</i>
              </>
            )}
          </Fact>
        ))}
      </FactList>
      <h2>{texts.returns}</h2>
      <ul class="plain">
        {view.returnOrigins.map((origin) => (
          <li>
            <code>{origin}</code>
          </li>
        ))}
      </ul>
      <p class="hint after">{protocol === 'repost' ? texts.returnsMiddlewareHint : texts.returnsHint}</p>
      {platform?.setup === undefined ? null : (
        <>
          <h2>{texts.whereToEnter(platform.name)}</h2>
          <ol>
            {platform.setup.steps.map((step) => (
              <li>{step}</li>
            ))}
          </ol>
          <p class="hint after">
            {texts.known}: {platform.setup.basis}
          </p>
        </>
      )}
      <h2>{texts.checklist}</h2>
      <ul class="checks">
        {texts.checks[protocol].map((check) => (
          <li>{check}</li>
        ))}
      </ul>
      {platform === undefined ? null : (
        <>
          <h2>{texts.platform(platform.name)}</h2>
          <p>{platform.meaning}</p>
          <p>
            <b>{texts.toDo}:</b> {platform.remedy}
          </p>
          {platform.basis === undefined ? null : (
            <p class="hint">
              {texts.known}: {platform.basis}
            </p>
          )}
        </>
      )}
      <h2>{texts.samples}</h2>
      {view.samples.map(({ kind, content }) => (
        <DocumentView
          id={`sample-${kind}`}
          title={texts.sampleTitles[kind]}
          content={content}
          copyLabel={texts.copy}
          cutText={texts.cut}
        />
      ))}
    </>
  );
}
