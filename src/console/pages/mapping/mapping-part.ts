import type { PageFrame } from '../../ui/shell/page-shell.js';
import type { MappingView } from './mapping-view.js';
import type { TEXTS } from './texts.js';

/** What each part of the page is given. */
export interface MappingPartProps {
  frame: PageFrame;
  view: MappingView;
  texts: (typeof TEXTS)['en'];
}
