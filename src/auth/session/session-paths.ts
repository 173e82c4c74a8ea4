/** Where a sign-in begins, as its controller declares it. */
export const LOGIN = '/auth/login';

/** Where the identity provider sends the browser back to. */
export const CALLBACK = '/auth/callback';
