import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Starts one throw-away PostgreSQL for the whole run, unless TEST_DATABASE_URL names one to use. */
export default async function globalSetup(): Promise<void> {
  if (process.env['TEST_DATABASE_URL'] !== undefined) return;
  const hooks = resolveToTypeScript();
  const { startTestCluster } = await import('./cluster.js');
  hooks.deregister();
  const cluster = await startTestCluster();
  process.env['TEST_DATABASE_URL'] = cluster.url;
  Object.assign(globalThis, { testCluster: cluster });
}

/** Jest's own name mapping does not reach the global set-up: `x.js` has to be found as `x.ts` here too. */
function resolveToTypeScript(): ReturnType<typeof registerHooks> {
  return registerHooks({
    resolve(specifier, context, next) {
      const { parentURL } = context;
      if (parentURL?.endsWith('.ts') === true && /^\.{1,2}\/.*\.js$/.test(specifier)) {
        const source = fileURLToPath(new URL(specifier.replace(/\.js$/, '.ts'), parentURL));
        if (existsSync(source)) return next(source, context);
      }
      return next(specifier, context);
    },
  });
}
