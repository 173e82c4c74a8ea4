import type { Express, IRoute } from 'express';
import type { NestExpressApplication } from '@nestjs/platform-express';

/** The methods that routes of ours take. */
export const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

function takes(route: IRoute | undefined, method: string): boolean {
  return route?.stack.some((layer) => layer.method === method) === true;
}

/** Every route that Express was given, as `get /a/{id}`, but for those of pages and of the description itself. */
export function routesOf(app: NestExpressApplication): string[] {
  const express: Express = app.getHttpAdapter().getInstance();
  const routes = express.router.stack
    // what is called for every method is middleware
    .filter(({ route }) => !METHODS.every((method) => takes(route, method)))
    .flatMap(({ route }) =>
      METHODS.filter((method) => takes(route, method)).map((method) => `${method} ${String(route?.path)}`),
    )
    .filter((route) => !route.includes('/api/docs') && !route.includes('*'))
    .map((route) => route.replaceAll(/:(\w+)/g, '{$1}'));
  return [...new Set(routes)].toSorted();
}
