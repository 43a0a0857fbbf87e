/** No document of ours, of a shop's API or of GraphQL is nested half as deep; what walks through a value needs a stack as deep as it is. */
export const DEEPEST_JSON = 100;

const [QUOTE, BACKSLASH, OPEN_LIST, OPEN_OBJECT, CLOSE_LIST, CLOSE_OBJECT] = [0x22, 0x5c, 0x5b, 0x7b, 0x5d, 0x7d];

export class JsonTooDeep extends SyntaxError {
  constructor() {
    super(`JSON may be nested ${DEEPEST_JSON} levels deep.`);
  }
}

/** As JSON.parse, and throws JsonTooDeep for text that is nested deeper than `DEEPEST_JSON`. Linear, in one pass before it is parsed. */
export function parseJson(text: string): unknown {
  if (isTooDeep(text)) throw new JsonTooDeep();
  return JSON.parse(text);
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  let inText = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inText) {
      if (code === BACKSLASH) index += 1;
      else if (code === QUOTE) inText = false;
    } else if (code === QUOTE) inText = true;
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      if ((depth += 1) > DEEPEST_JSON) return true;
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth -= 1;
  }
  return false;
}
