const FRAME = /^(?:_top|_parent|_self|[A-Za-z][\w-]{0,63})$/;

/** SECURITY T19: a frame name that may stand in a form's `target`; anything else becomes `_top`. */
export function frameTarget(text: string): string {
  return FRAME.test(text) ? text : '_top';
}
