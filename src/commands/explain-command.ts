import { Argument, Command, Option } from 'commander';
import { EXPLAINED_NAMES, explain } from '../domain/explanations/explain.js';
import type { ExplanationLanguage } from '../domain/explanations/explanation.js';
import type { CommandContext } from './open-directory.js';

interface Options {
  language: ExplanationLanguage;
  json?: true;
}

/** `punchout explain <code>`: what an error code, a pre-flight finding or a platform profile means, and what to do. */
export function explainCommand({ print }: Pick<CommandContext, 'print'>): Command {
  return new Command('explain')
    .description('what an error code, a pre-flight finding or a platform profile means, and what to do')
    .addArgument(new Argument('[name]', 'RETURN_URL_REFUSED, UNIT_UNKNOWN, jaggaer, ...; without it: all names'))
    .addOption(new Option('--language <language>', 'of the texts').choices(['en', 'de']).default('en'))
    .option('--json', 'print one JSON object')
    .action((name: string | undefined, { language, json }: Options) => {
      if (name === undefined) {
        if (json === true) print(JSON.stringify(EXPLAINED_NAMES.map((each) => explain(each, language))));
        else for (const each of EXPLAINED_NAMES) print(each);
        return;
      }
      const found = explain(name, language);
      if (found === undefined)
        throw new Error(`There is no code, finding or profile "${name}"; \`punchout explain\` lists all.`);
      if (json === true) {
        print(JSON.stringify(found));
        return;
      }
      const { sentence, meaning, remedy, basis, setup } = found;
      const words = WORDS[language];
      print(sentence === undefined ? found.name : `${found.name}: ${sentence}`);
      print(`${words.meaning}: ${meaning}`);
      print(`${words.remedy}: ${remedy}`);
      if (basis !== undefined) print(`${words.basis}: ${basis}`);
      if (setup === undefined) return;
      print(`${words.setup}:`);
      for (const [index, step] of setup.steps.entries()) print(`  ${index + 1}. ${step}`);
      print(`  ${words.basis}: ${setup.basis}`);
    });
}

const WORDS = {
  en: {
    meaning: 'What it means',
    remedy: 'What to do',
    basis: 'How well this is known',
    setup: 'Where the buyer enters the values',
  },
  de: {
    meaning: 'Was es bedeutet',
    remedy: 'Was zu tun ist',
    basis: 'Woher das bekannt ist',
    setup: 'Wo der Einkäufer die Werte einträgt',
  },
} as const;
