const FRAME = /^(?:_top|_parent|_self|[A-Za-z][\w-]{0,63})$/;

/** SECURITY T19: the text if it is a frame name that may stand in a form's `target`, else undefined. */
export function frameName(text: string): string | undefined {
  return FRAME.test(text) ? text : undefined;
}
