import type { Directory, DirectoryWork } from './open-directory.js';

/** What a command is given: the database of its environment, opened for the time it works, and a place to write to. */
export interface CommandContext {
  directory<T>(act: (directory: Directory) => Promise<T>, work?: DirectoryWork): Promise<T>;
  print(line: string): void;
  /** A file's text; `-` is standard input. */
  readText(path: string): Promise<string>;
}
