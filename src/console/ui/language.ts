/** Languages of the console. The compiler asks for a new one in each page's texts. */
export type Language = 'en' | 'de';

/** What a page needs in each language. */
export type InLanguages<Texts> = Readonly<Record<Language, Texts>>;
