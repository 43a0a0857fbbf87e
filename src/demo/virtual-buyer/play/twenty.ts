/** What becomes of a punchout. */
export type Story =
  | 'sent'
  | 'ordered'
  | 'mismatched'
  | 'blocked'
  | 'left'
  | 'cancelled'
  | 'unopened'
  | 'expired'
  | 'wrong_secret'
  | 'wrong_return';

export interface Play {
  buyer: string;
  protocol: 'cxml' | 'oci' | 'repost';
  story: Story;
  /** Calls up as the second cXML or middleware connection of the demo, in English. */
  isExample?: boolean;
  /** Article and quantity. */
  cart: readonly (readonly [sku: string, quantity: number])[];
}

/** Stories that the shop must refuse. */
export const REFUSED_STORIES: ReadonlySet<Story> = new Set(['expired', 'wrong_secret', 'wrong_return']);

/** In the order in which they begin. The first one ends last: its link expires meanwhile. */
export const TWENTY: readonly Play[] = [
  { buyer: 'Lena Late', protocol: 'cxml', story: 'expired', isExample: true, cart: [] },
  {
    buyer: 'Anna Ahrens',
    protocol: 'cxml',
    story: 'ordered',
    cart: [
      ['NB-1066', 12],
      ['NB-1024', 50],
    ],
  },
  {
    buyer: 'Bruno Becker',
    protocol: 'oci',
    story: 'sent',
    cart: [
      ['NW-2041', 2],
      ['NW-2058', 2],
    ],
  },
  { buyer: 'Clara Conti', protocol: 'repost', story: 'sent', cart: [['NL-7030', 6]] },
  { buyer: 'Wanda Wrong', protocol: 'cxml', story: 'wrong_secret', cart: [] },
  { buyer: 'David Diaz', protocol: 'cxml', story: 'blocked', cart: [['NS-5052', 4]] },
  { buyer: 'Emil Engel', protocol: 'oci', story: 'left', cart: [] },
  {
    buyer: 'Frida Falk',
    protocol: 'cxml',
    story: 'ordered',
    isExample: true,
    cart: [
      ['NL-7085', 3],
      ['NL-7061', 40],
    ],
  },
  {
    buyer: 'Georg Gruber',
    protocol: 'oci',
    story: 'sent',
    cart: [
      ['NE-4012', 250],
      ['NE-4074', 30],
    ],
  },
  { buyer: 'Hanna Holm', protocol: 'cxml', story: 'cancelled', cart: [['NB-1088', 1]] },
  {
    buyer: 'Ivan Ilic',
    protocol: 'repost',
    story: 'sent',
    isExample: true,
    cart: [
      ['NC-6039', 10],
      ['NC-6046', 20],
    ],
  },
  {
    buyer: 'Jana Jung',
    protocol: 'cxml',
    story: 'mismatched',
    cart: [
      ['SKU-001', 1],
      ['SKU-002', 2],
    ],
  },
  { buyer: 'Rita Return', protocol: 'oci', story: 'wrong_return', cart: [] },
  { buyer: 'Karl Krause', protocol: 'oci', story: 'sent', cart: [['NW-3066', 25]] },
  {
    buyer: 'Lotte Lang',
    protocol: 'cxml',
    story: 'sent',
    isExample: true,
    cart: [
      ['NC-6015', 20],
      ['NS-5014', 10],
    ],
  },
  { buyer: 'Mats Moller', protocol: 'cxml', story: 'unopened', cart: [] },
  { buyer: 'Nora Neumann', protocol: 'repost', story: 'left', cart: [] },
  { buyer: 'Olaf Otto', protocol: 'cxml', story: 'ordered', cart: [['NL-7078', 2]] },
  {
    buyer: 'Paula Pohl',
    protocol: 'oci',
    story: 'sent',
    cart: [
      ['NB-1095', 5],
      ['NB-1052', 3],
      ['NB-1031', 8],
    ],
  },
  {
    buyer: 'Quirin Quast',
    protocol: 'cxml',
    story: 'sent',
    cart: [
      ['NW-2013', 4],
      ['NW-2020', 4],
    ],
  },
];
