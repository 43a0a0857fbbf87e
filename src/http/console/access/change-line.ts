export interface SettingChange {
  path: string;
  before: string;
  after: string;
}

const LONGEST = 200;

/** Of an audit row: settings with their values before and after, as JSON. */
export function settingsIn(text: string | undefined): SettingChange[] {
  const changes = parsed(text);
  if (!Array.isArray(changes)) return [];
  return (changes as { path: string; before: unknown; after: unknown }[]).map(({ path, before, after }) => ({
    path,
    before: shortText(before),
    after: shortText(after),
  }));
}

export function textsIn(text: string | undefined): string[] {
  const texts = parsed(text);
  return Array.isArray(texts) ? texts.map(String) : [];
}

/** A long value is cut in the audit, and then it is no JSON. */
function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function shortText(value: unknown): string {
  return cutText(JSON.stringify(value));
}

export function cutText(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
