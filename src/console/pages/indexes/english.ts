import type {
  BuyerList,
  IndexFaultKind,
  IndexFormat,
  IndexRunState,
  WEEKDAYS,
} from '../../../domain/catalogue/catalogue-index.js';

type Weekday = (typeof WEEKDAYS)[number];

const weekdays: Record<Weekday, string> = {
  monday: 'Monday',
  tuesday: 'Tuesday',
  wednesday: 'Wednesday',
  thursday: 'Thursday',
  friday: 'Friday',
  saturday: 'Saturday',
  sunday: 'Sunday',
};

export const english = {
  title: (name: string): string => `Indexes of ${name}`,
  sub: "Files with all articles and prices of this buyer, for the search of the buyer's system. Connection:",
  done: 'The run has begun. The worker makes the files.',
  going: (run: number, products: string): string => `Run ${run} is being made; products so far: ${products}.`,
  lookAgain: 'Look again',
  formats: {
    cxml: 'cXML Index',
    cif: 'CIF 3.0 (SAP Ariba)',
    jaggaer: 'CSV (JAGGAER)',
    oracle: 'Text with tabs (Oracle)',
    oci: 'JSON (OCI 5)',
  } satisfies Record<IndexFormat, string>,
  files: {
    title: 'Newest files',
    columns: {
      format: 'Format',
      products: 'Products',
      size: 'Size',
      since: 'Unchanged since',
      run: 'Run',
      file: 'File',
    },
    download: 'Download',
    downloadOf: (format: string): string => `Download the newest file: ${format}`,
    none: 'No file yet',
    noneText: 'A file is offered when a run has ended and the file is whole.',
  },
  runs: {
    title: 'Newest runs',
    columns: { run: 'Run', state: 'State', files: 'Products in the files', found: 'Found', when: 'Begun', by: 'By' },
    report: (run: number): string => `Run ${run}`,
    none: 'No run yet',
    noneText: 'Begin one below, or let the worker begin them on a schedule.',
  },
  states: { reading: 'reading', writing: 'writing', done: 'done', failed: 'failed' } satisfies Record<
    IndexRunState,
    string
  >,
  counts: (errors: string, warnings: string): string => `left out: ${errors}, warnings: ${warnings}`,
  noIssuesShort: 'nothing',
  bySchedule: 'schedule',
  byCommand: 'command line',
  byKey: (key: string): string => `API key ${key}`,
  make: {
    title: 'Make an index now',
    formats: 'Formats',
    usual: 'usual for this platform',
    read: 'What is read from the shop',
    incremental: 'what changed since the last run, if the shop can tell; the files are whole all the same',
    full: 'everything',
    button: 'Make the index',
    wait: 'When this run has ended, another one can begin.',
  },
  schedule: {
    title: 'Schedule',
    never: 'No index is made by itself.',
    day: (hour: string, formats: string): string => `Every day at ${hour} UTC: ${formats}.`,
    week: (day: Weekday, hour: string, formats: string): string => `Every ${weekdays[day]} at ${hour} UTC: ${formats}.`,
    settings: 'Change it in the settings',
  },
  push: {
    title: 'Pushed to the buyer',
    none: 'The index is sent to no address. The command line or the admin API names one:',
    to: 'To',
    format: 'Format',
    authorization: 'Authorization',
    hasAuthorization: 'stored sealed, and sent with each file',
    noAuthorization: 'none',
    sent: 'Last file there',
    sentRun: (run: number): string => `of run ${run},`,
    notSent: 'none yet',
    failed: 'Last attempt',
    failedAt: 'failed',
    next: 'Next attempt',
    running: 'now',
    givenUp: 'none: it has failed for three days. It can be tried again under',
    deliveries: 'Deliveries',
    nothing: 'after the next run',
  },
  fetch: {
    title: 'Fetched by the buyer',
    address: 'Address',
    key: 'Key',
    hint: 'The key opens the index of this connection and nothing else.',
    make: 'Make a key in Access',
    ask: 'An owner makes it in Access.',
  },
  lists: {
    title: 'What the buyer knows',
    names: { classification: 'Classification codes', unit: 'Units' } satisfies Record<BuyerList, string>,
    codes: (count: string): string => `codes: ${count}`,
    none: 'no list',
    hint: 'With a list each report says which products have no match. Upload one with the command',
  },
  run: {
    title: (run: number, name: string): string => `Index ${run} of ${name}`,
    back: 'Indexes',
    sub: 'A product with an error is left out of the file; one with a warning is in it.',
    facts: {
      state: 'State',
      begun: 'Begun',
      ended: 'Ended',
      by: 'By',
      read: 'Read from the shop',
      products: 'Products in the catalogue',
    },
    readCount: (products: string, incremental: boolean): string =>
      incremental ? `${products} products, what changed since the last run` : `${products} products, everything`,
    coverage: "Matches with the buyer's lists",
    covered: (percent: string, matched: string, products: string): string =>
      `${percent} %: ${matched} of ${products} products`,
    noList: 'The buyer has no such list.',
    issues: 'Issues',
    columns: { issue: 'Issue', field: 'Field', products: 'Products', remedy: 'What to do' },
    everyFormat: 'in all formats',
    more: (count: number): string => `${count} more`,
    first: (most: number): string => `The first ${most} are kept.`,
    noIssues: 'No issues',
    noIssuesText: 'Every product is in the files as it is.',
  },
  severities: { error: 'left out', warning: 'warning' },
  kinds: {
    id_missing: {
      what: 'The product has no article number.',
      remedy: 'Give it a number in the shop: the buyer sends it back.',
    },
    id_too_long: {
      what: 'The article number is longer than the format takes.',
      remedy: 'Shorten it in the shop, or map a shorter one. It is never cut.',
    },
    id_characters: {
      what: 'The article number has characters that the format cannot hold.',
      remedy: 'Use letters, digits and dashes in the shop.',
    },
    id_repeated: {
      what: 'Another product has the same article number.',
      remedy: 'Give each product a number of its own. The first one is kept.',
    },
    price_missing: { what: 'The product has no price.', remedy: 'Enter a price for the customer of this connection.' },
    price_untaxed: {
      what: 'The price with tax is unknown.',
      remedy: 'Let the shop give its tax, or set "prices" of the connection to net.',
    },
    price_negative: { what: 'The price is negative.', remedy: 'Correct it in the shop.' },
    price_decimals: {
      what: 'The price of one unit has more decimals than the format takes.',
      remedy: 'Round the price in the shop, or sell by a larger unit.',
    },
    text_missing: { what: 'The product has no name and no description.', remedy: 'Write one of them in the shop.' },
    sold_out: { what: 'The product cannot be bought now.', remedy: 'Nothing: it comes back when it can be bought.' },
    unit_malformed: {
      what: 'The unit is no UN/CEFACT code.',
      remedy: 'Map it in "units" of the settings, such as piece to C62.',
    },
    unit_uncommon: {
      what: 'The unit is a UN/CEFACT code that few buyers know.',
      remedy: 'Ask the buyer, or map it in "units" of the settings.',
    },
    code_missing: {
      what: 'The product has no classification.',
      remedy: 'The default of the connection is sent. Classify it in the shop.',
    },
    code_unknown: {
      what: "The buyer's list has none of the product's classification codes.",
      remedy: 'Map its code, or ask the buyer for theirs.',
    },
    unit_unknown: {
      what: "The buyer's list does not have the unit.",
      remedy: 'Map it in "units" of the settings.',
    },
    text_repeated: {
      what: 'Another product has the same name and description.',
      remedy: 'Say in the text what differs, such as size or colour.',
    },
    text_cut: {
      what: 'The text is longer than the format takes; its end is cut off.',
      remedy: 'Shorten it, with what matters first.',
    },
    text_characters: {
      what: 'The text has characters that no file can hold; they are left out.',
      remedy: 'Remove control characters in the shop.',
    },
    text_formula: {
      what: 'The text begins like a formula of a spreadsheet; a blank stands before it.',
      remedy: 'Begin the text with a letter or a digit.',
    },
  } satisfies Record<IndexFaultKind, { what: string; remedy: string }>,
};
