import { frameName } from '../../form/frame-name.js';

/** The frame that a call-up names for its return form; `_top` where that is no frame name. */
export function frameTarget(text: string): string {
  return frameName(text) ?? '_top';
}
