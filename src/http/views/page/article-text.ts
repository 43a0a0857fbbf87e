/** What buyers read of an article or discount: its name, where it is known, and its number. */
export function articleText(number: string, name: string | undefined): string {
  return name === undefined ? number : `${name} (${number})`;
}
