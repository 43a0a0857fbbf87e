export const english = {
  title: 'Sign in',
  email: 'E-mail',
  password: 'Password',
  button: 'Sign in',
  wrong: 'E-mail or password is wrong.',
  tooMany: (seconds: number): string =>
    `Too many wrong passwords came from this address. Try again in ${seconds} seconds.`,
  atProvider: (name: string): string => `Sign in with ${name}`,
  expired: 'This sign-in was not begun in this browser, was used before, or took more than 10 minutes. Try again.',
  refused: 'The provider did not sign you in, or its answer does not hold. Try again.',
  unknown: 'The provider knows you, but no active operator has your e-mail address. Ask an owner to add you.',
  unreachable: 'The provider cannot be reached. Try again later, or sign in with a password.',
  help: 'No account yet? An owner adds it under Operators, or the command line does:',
  demo:
    'The demo has no password: the server prints a link at its start that signs you in once. ' +
    'Start it again for a new one.',
};
