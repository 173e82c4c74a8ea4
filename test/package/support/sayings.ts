// Modules of applications that have the package, each of which exports what it has seen of it.

/** Says of everything that an entry point exports whether it is there. */
export function ofEntry(entry: string): string {
  return `import * as all from '${entry === '.' ? 'nestjs-chatkit' : `nestjs-chatkit/${entry}`}';
    const { default: none, ...named } = all;
    export default Object.values(named).map((each) => each !== undefined);`;
}

/** Says why entry points cannot be had, and a setting not be used, where there are no packages but everybody's. */
export function withoutPackages(entries: readonly string[]): string {
  return `import { NestFactory } from '@nestjs/core';
  import { ChatKitStoreModule } from 'nestjs-chatkit';
  const said = {};
  for (const entry of ${JSON.stringify(entries)}) {
    said[entry] = await import('nestjs-chatkit/' + entry).catch(({ message }) => message);
  }
  const { promise, resolve } = Promise.withResolvers();
  const store = ChatKitStoreModule.forRoot({
    config: { embeddedDatabase: true },
    logger: { log: () => undefined, warn: resolve },
  });
  const application = await NestFactory.createApplicationContext(store, { logger: false });
  said.embedded = await promise;
  await application.close();
  export default said;`;
}

/** Says whether what an entry point extends is what another one exports. */
export const TOGETHER = `import { TypeOrmStore } from 'nestjs-chatkit';
  import { RespondService } from 'nestjs-chatkit/agents';
  import { ChatKitServer, Store } from 'nestjs-chatkit/core';
  export default {
    server: RespondService.prototype instanceof ChatKitServer,
    store: TypeOrmStore.prototype instanceof Store,
  };`;
