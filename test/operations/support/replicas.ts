import { join } from 'node:path';
import { AppProcess, Scratch, type End } from '../../app/support/app-process.js';
import { untilReady } from '../../app/support/running-app.js';
import { createEmptyDatabase, type TestDatabase } from '../../support/database.js';
import { freePorts, HAProxy } from './haproxy.js';

const COUNT = 3;

/** Three replicas of the built application on one database and one folder of files, behind a balancer. */
export class Replicas {
  private constructor(
    readonly database: TestDatabase,
    private readonly scratch: Scratch,
    private readonly balancer: HAProxy,
    private readonly environments: readonly Record<string, string>[],
    private readonly running: AppProcess[],
  ) {}

  /** Starts them all at once, on a database that has nothing yet. */
  static async start(env: Record<string, string>): Promise<Replicas> {
    const database = await createEmptyDatabase();
    const scratch = await Scratch.make();
    const [front = 0, ...ports] = await freePorts(1 + COUNT);
    const common = {
      CHATKIT_DATABASE_URL: database.url,
      CHATKIT_ATTACHMENTS_SECRET: 'a secret that all three of the replicas have',
      CHATKIT_ATTACHMENTS_DIR: join(scratch.directory, 'shared'),
      CHATKIT_ATTACHMENTS_DIR_SHARED: 'true',
      CHATKIT_REPLICAS: String(COUNT),
      CHATKIT_OFFLINE_DELAY_MS: '5',
      PUBLIC_URL: `http://127.0.0.1:${front}`,
      ...env,
    };
    const environments = ports.map((port) => ({ ...common, PORT: String(port) }));
    const running = await Promise.all(
      environments.map((environment) => AppProcess.start(scratch.directory, environment)),
    );
    await Promise.all(running.map(({ url }) => untilReady(url)));
    const balancer = await HAProxy.start(ports, front);
    await untilReady(balancer.url);
    return new Replicas(database, scratch, balancer, environments, running);
  }

  /** Where the balancer is. */
  get url(): string {
    return this.balancer.url;
  }

  /** Where each of them is, past the balancer. */
  get urls(): string[] {
    return this.running.map(({ url }) => url);
  }

  /** Stops one after the other and starts it again, the next once it is ready, and gives how each has ended. */
  async restartEach(): Promise<End[]> {
    const ends: End[] = [];
    for (const [index, env] of this.environments.entries()) {
      const before = this.running[index];
      if (before !== undefined) ends.push(await before.end('SIGTERM'));
      const after = await AppProcess.start(this.scratch.directory, env);
      this.running[index] = after;
      await untilReady(after.url);
    }
    return ends;
  }

  async remove(): Promise<void> {
    await this.balancer.remove();
    for (const replica of this.running) await replica.dispose();
    await this.scratch.remove();
    await this.database.drop();
  }
}
