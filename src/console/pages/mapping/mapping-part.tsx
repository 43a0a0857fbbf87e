import type { JSX } from 'preact';
import type { PreflightFinding } from '../../../domain/transmission/transfer-payload.js';
import { Badge } from '../../ui/badge.js';
import type { PageFrame } from '../../ui/shell/page-shell.js';
import type { MappingView } from './mapping-view.js';
import type { TEXTS } from './texts.js';

/** What each part of the page is given. */
export interface MappingPartProps {
  frame: PageFrame;
  view: MappingView;
  texts: (typeof TEXTS)['en'];
}

interface FindingListProps {
  findings: readonly PreflightFinding[];
  texts: MappingPartProps['texts'];
}

export function FindingList({ findings, texts }: FindingListProps): JSX.Element {
  return (
    <ul class="plain findings">
      {findings.map(({ severity, line, sku, field, message }) => (
        <li>
          <Badge tone={severity === 'error' ? 'bad' : 'warn'} text={texts.severities[severity]} />{' '}
          <span class="label">
            {[line === undefined ? '' : texts.line(line), sku ?? '', field].filter((part) => part !== '').join(', ')}
          </span>{' '}
          {message}
        </li>
      ))}
    </ul>
  );
}
