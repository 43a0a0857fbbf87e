/** Languages of the console. A new one is a file in each page's folder, named after it. */
export type Language = 'en' | 'de';

/** What a page needs in each language. */
export type InLanguages<Texts> = Readonly<Record<Language, Texts>>;
