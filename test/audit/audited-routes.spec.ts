import 'reflect-metadata';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { createApp } from '../../src/app/bootstrap.js';
import { AUDITED_METADATA, type AuditedAction } from '../../src/chatkit/audit/audited.decorator.js';
import { readAppConfig } from '../../src/config/app.config.js';
import { ACTIONS } from '../../web/portal/src/admin/audit-texts.js';
import { AUTH_ENV } from '../app/support/tokens.js';
import { makeScratch } from '../support/scratch.js';

interface Route {
  readonly name: string;
  readonly action: string | undefined;
}

/** Of each route of administrators and operators what the audit log calls it. */
async function privilegedRoutes(): Promise<Route[]> {
  const config = readAppConfig({
    ...AUTH_ENV,
    CHATKIT_DATA_DIR: await makeScratch(),
    CHATKIT_OPERATOR_TENANT: 'platform',
  });
  const app = await createApp(config, { logger: false });
  const controllers = app.get(DiscoveryService, { strict: false }).getControllers();
  const routes = controllers.flatMap(({ metatype, name }) => {
    if (typeof metatype !== 'function') return [];
    if (!/^(?:admin|operator)\//.test(String(Reflect.getMetadata(PATH_METADATA, metatype)))) return [];
    const prototype = metatype.prototype as Record<string, object>;
    return new MetadataScanner().getAllMethodNames(prototype).flatMap((method): Route[] => {
      const handler = prototype[method];
      if (handler === undefined || !Reflect.hasMetadata(METHOD_METADATA, handler)) return [];
      const audited = Reflect.getMetadata(AUDITED_METADATA, handler) as AuditedAction | undefined;
      return [{ name: `${name}.${method}`, action: audited?.action }];
    });
  });
  await app.close();
  return routes;
}

describe('Every route of administrators and operators', () => {
  let routes: Route[];
  beforeAll(async () => {
    routes = await privilegedRoutes();
  });

  it('names what it does for the audit log, and no two name the same', () => {
    expect(routes.length).toBeGreaterThanOrEqual(18);
    expect(routes.filter(({ action }) => action === undefined)).toEqual([]);
    const actions = routes.map(({ action }) => action);
    expect(actions.filter((action) => !/^[a-z_]+\.[a-z_]+$/.test(action ?? ''))).toEqual([]);
    expect(new Set(actions).size).toBe(actions.length);
  });

  it('is known to the portal, which says it in words', () => {
    const unknown = routes.filter(({ action }) => action !== undefined && !ACTIONS.includes(action));
    expect(unknown).toEqual([]);
  });
});
