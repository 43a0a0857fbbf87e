import type { JSX } from 'preact';
import type { NameValue } from '../../../domain/transmission/setup-request.js';
import { Notice } from '../../../console/ui/notice.js';
import type { OpenFrame } from '../../../console/ui/shell/open-shell.js';
import { Again, BuyerShell, Documents, type ShownDocument } from './buyer-shell.js';
import { BUYER_TEXTS } from './texts.js';

/** The first page. */
export function StartPage({ frame }: { frame: OpenFrame }): JSX.Element {
  const texts = BUYER_TEXTS[frame.language].start;
  return (
    <BuyerShell frame={frame} title={texts.title} current="start">
      <h1>{texts.heading}</h1>
      <p class="sub">{texts.lead}</p>
      <div class="choices">
        {(['cxml', 'oci', 'repost'] as const).map((protocol) => (
          <form class="card" method="post" action="/virtual-buyer/start">
            <h2>{texts.choices[protocol].heading}</h2>
            <p>{texts.choices[protocol].text}</p>
            <input type="hidden" name="protocol" value={protocol} />
            <div>
              <button type="submit">{texts.choices[protocol].button}</button>
            </div>
          </form>
        ))}
      </div>
      <h2>{texts.thenHeading}</h2>
      <ol class="steps">
        {texts.then.map((step) => (
          <li>{step}</li>
        ))}
      </ol>
      <h2>{texts.playHeading}</h2>
      <p>{texts.playText}</p>
      <p>
        <a class="button quiet" href="/virtual-buyer/play">
          {texts.playLink}
        </a>
      </p>
    </BuyerShell>
  );
}

export interface ShopFrameView {
  protocol: 'cxml' | 'oci' | 'repost';
  /** cXML, middleware: URL of the frame. OCI: a form is posted into the frame. */
  startUrl?: string;
  form?: { action: string; fields: readonly NameValue[] };
  documents: readonly ShownDocument[];
}

/** The shop in a frame. */
export function ShopFramePage({ frame, view }: { frame: OpenFrame; view: ShopFrameView }): JSX.Element {
  const texts = BUYER_TEXTS[frame.language].frame;
  const { protocol, form, startUrl, documents } = view;
  const title = texts.title(protocol === 'cxml' ? 'cXML' : protocol === 'oci' ? 'OCI' : texts.middleware);
  return (
    <BuyerShell frame={frame} title={title}>
      <h1>{title}</h1>
      <p class="sub">{texts.lead}</p>
      {form === undefined ? null : (
        <form data-submits="" method="post" action={form.action} target="shop">
          <HiddenFields fields={form.fields} />
          <p class="hint">
            {texts.formLead}{' '}
            <button type="submit" class="quiet">
              {texts.open}
            </button>
          </p>
        </form>
      )}
      <iframe name="shop" title={texts.frameTitle} src={startUrl} />
      <Documents documents={documents} language={frame.language} />
    </BuyerShell>
  );
}

/** A returned form that came into the shop's frame: the whole window sends it once more. */
export function ArrivingPage({
  frame,
  action,
  fields,
}: {
  frame: OpenFrame;
  action: string;
  fields: readonly NameValue[];
}): JSX.Element {
  const texts = BUYER_TEXTS[frame.language].arriving;
  return (
    <BuyerShell frame={frame} title={texts.title}>
      <h1>{texts.heading}</h1>
      <p class="sub">{texts.lead}</p>
      <form data-submits="" method="post" action={action} target="_top">
        <HiddenFields fields={fields} />
        <button type="submit">{texts.button}</button>
      </form>
    </BuyerShell>
  );
}

interface RefusedView {
  reason: string;
  documents: readonly ShownDocument[];
}

export function RefusedPage({ frame, view }: { frame: OpenFrame; view: RefusedView }): JSX.Element {
  const texts = BUYER_TEXTS[frame.language].refused;
  return (
    <BuyerShell frame={frame} title={texts.title}>
      <h1>{texts.heading}</h1>
      <Notice tone="bad">{view.reason}</Notice>
      <Documents documents={view.documents} language={frame.language} isOpen />
      <Again language={frame.language} />
    </BuyerShell>
  );
}

export function HiddenFields({ fields }: { fields: readonly NameValue[] }): JSX.Element {
  return (
    <>
      {fields.map(({ name, value }) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  );
}
