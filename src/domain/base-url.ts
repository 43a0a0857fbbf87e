/** An address to which paths are appended: `https://shop.example.com/` -> `https://shop.example.com`. */
export function baseUrlOf<T extends string | undefined>(address: T): T {
  return address?.replace(/(?<!\/)\/+$/, '') as T;
}
