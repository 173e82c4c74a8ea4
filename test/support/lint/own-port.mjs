const ANY_PORT = /\/src\/embedded-postgres\/free-port\.js$/;

/** Objects to a port that the system may give to others between a look and its use. */
export const ownPort = {
  create: (context) => ({
    ImportDeclaration({ source }) {
      if (ANY_PORT.test(source.value))
        context.report({
          node: source,
          message: 'Others may be given this port: take test/support/free-port.ts',
        });
    },
  }),
};
