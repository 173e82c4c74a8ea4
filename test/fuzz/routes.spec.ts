import { openApi, operationsOf, type OpenApi } from '../api-docs/support/open-api.js';
import { routesOf } from '../api-docs/support/routes.js';
import { inputsOf, PLAYTHINGS } from './support/route-inputs.js';
import { always, patience } from './support/runs.js';
import { START_MS, SturdyApp } from './support/sturdy-app.js';

const JSON_BODY = { 'content-type': 'application/json' };

describe.each(['row', 'schema'])('Every route of the application, by %s,', (isolation) => {
  let server: SturdyApp;
  let document: OpenApi;

  beforeAll(async () => {
    server = await SturdyApp.start(isolation);
    const { text } = await server.ask('/api/docs-json', { as: 'nobody' });
    document = openApi.parse(JSON.parse(text));
    for (const tenant of PLAYTHINGS) {
      const body = JSON.stringify({ tenant_id: tenant, isolation: 'row' });
      await server.ask('/chatkit/operator/tenants', {
        as: 'operator',
        method: 'POST',
        headers: JSON_BODY,
        body,
      });
    }
  }, START_MS);
  afterAll(() => server?.close(), START_MS);

  it(
    'answers or refuses whatever it is sent, and nobody who may not',
    async () => {
      const operations = new Map(operationsOf(document));
      const routes = routesOf(server.nest);
      expect(routes.length).toBeGreaterThan(30);
      for (const route of routes) {
        const operation = operations.get(route);
        if (operation === undefined) throw new Error(`${route} is not described, so nobody fuzzes it`);
        const isPrivileged = /\/chatkit\/(?:admin|operator)\//.test(route);
        await always(
          'routes',
          inputsOf(route, operation, document),
          async ({ path, ...input }) => {
            const { status } = await server.ask(path, input);
            const mayNot = isPrivileged && input.as !== (route.includes('/operator') ? 'operator' : 'admin');
            if (mayNot && status < 400) throw new Error(`${route} answers ${status} to ${input.as}`);
          },
          1 / routes.length,
        );
      }
    },
    patience('routes', 2),
  );

  it('harms nobody else', () => server.expectUnharmed(), START_MS);
});
