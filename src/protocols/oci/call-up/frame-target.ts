import { frameName } from '../../form/frame-name.js';

/** The frame that a call-up names for its return form. What is no frame name becomes `_top`. */
export function frameTarget(text: string): string {
  return frameName(text) ?? '_top';
}
