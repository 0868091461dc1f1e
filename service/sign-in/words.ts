/** Every word of the sign-in's pages. */
export const words = {
  signIn: {
    title: 'Sign in to Refrain',
    lead: 'Refrain waits for you to come back.',
    email: 'E-mail',
    password: 'Password',
    passwordHint: 'A new account needs a password of at least 10 characters.',
    submit: 'Sign in',
    create: 'Create an account',
    cancel: 'Cancel',
    local:
      'A local account: it lies on this computer alone, is for trying Refrain, and nothing is sold or verified.',
  },
  problems: {
    wrong: 'That e-mail and password do not belong together.',
    email: 'Enter an e-mail address, such as name@example.com.',
    password: 'A password has 10 to 200 characters.',
    taken: 'There is an account for this e-mail already. Sign in with its password.',
    too_many: 'Those were too many attempts. Try again in a quarter of an hour.',
  },
  device: {
    title: 'Enter the code',
    lead: 'Refrain shows it on the device that you want to sign in.',
    code: 'Code',
    submit: 'Go on',
    notFound: 'There is no such code. Look at it again: it has eight letters.',
    expired: 'That code has expired. Ask for a new one in Refrain.',
    used: 'That code was used already. Ask for a new one in Refrain.',
    cancelled: 'The sign-in was cancelled.',
  },
  confirm: {
    title: 'Is this your code?',
    lead: 'Go on only if Refrain shows you this very code, on a device of yours. Whoever holds that device will be signed in to your account.',
    yes: 'Yes, it is mine',
    no: 'No, cancel',
  },
  done: {
    title: 'You are signed in',
    lead: 'You can close this page and go back to Refrain.',
  },
  failed: {
    title: 'That did not work',
    expired: 'This sign-in is over, or was begun in another browser. Begin anew in Refrain.',
    refused: 'The request to sign in was not one that Refrain makes. Begin anew in Refrain.',
    internal: 'The service failed. Try again in a while.',
  },
} as const;
