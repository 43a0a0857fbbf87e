import type { ComponentChildren, JSX } from 'preact';
import { FormToken, type PageFrame } from '../../ui/shell/page-shell.js';
import type { ConnectionView } from './connection-view.js';
import type { TEXTS } from './texts.js';

export interface PartProps {
  frame: PageFrame;
  view: ConnectionView;
  texts: (typeof TEXTS)['en'];
}

interface ChangeFormProps {
  frame: PageFrame;
  view: Pick<ConnectionView, 'connectionId' | 'version'>;
  /** Below the connection's own address. */
  path: string;
  isCard?: boolean;
  children: ComponentChildren;
}

/** A form that changes a connection in the version that the page shows, and no other. */
export function ChangeForm({ frame, view, path, isCard, children }: ChangeFormProps): JSX.Element {
  return (
    <form
      class={isCard === true ? 'card' : 'change'}
      method="post"
      action={`${frame.base}/connections/${encodeURIComponent(view.connectionId)}/${path}`}
    >
      <FormToken signedIn={frame.signedIn} />
      <input type="hidden" name="version" value={view.version} />
      {children}
    </form>
  );
}
