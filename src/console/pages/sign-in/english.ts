export const english = {
  title: 'Sign in',
  email: 'E-mail',
  password: 'Password',
  button: 'Sign in',
  wrong: 'E-mail or password is wrong.',
  tooMany: (seconds: number): string =>
    `Too many wrong passwords came from this address. Try again in ${seconds} seconds.`,
  help: 'No account yet? An owner adds it under Operators, or the command line does:',
  demo:
    'The demo has no password: the server prints a link at its start that signs you in once. ' +
    'Start it again for a new one.',
};
