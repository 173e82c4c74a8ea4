import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../support/free-port.js';
import { Program } from '../../operations/support/program.js';
import { makeScratch } from '../../support/scratch.js';

/** One line of a panel: what it is called by, and its values by their seconds. */
export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [seconds: number, value: string])[];
}

interface Answer {
  readonly status: string;
  readonly error?: string;
  readonly data: { readonly result: readonly Series[] };
}

const STEP_S = 2;

/** A Prometheus that asks one server every second. */
export class Prometheus {
  private constructor(
    private readonly directory: string,
    private readonly program: Program,
    private readonly url: string,
  ) {}

  /** @param target host and port with metrics */
  static async start(target: string): Promise<Prometheus> {
    const directory = await makeScratch();
    const port = await freePort();
    const config = join(directory, 'prometheus.yml');
    await writeFile(
      config,
      JSON.stringify({
        global: { scrape_interval: '1s' },
        scrape_configs: [{ job_name: 'chatkit', static_configs: [{ targets: [target] }] }],
      }),
    );
    const options = [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(directory, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ];
    const program = await Program.start(process.env['TEST_PROMETHEUS'] ?? 'prometheus', options, port);
    return new Prometheus(directory, program, `http://127.0.0.1:${port}`);
  }

  /** What a query gives over the last seconds. @throws Error when Prometheus does not understand it */
  async range(query: string, seconds: number): Promise<readonly Series[]> {
    const end = Date.now() / 1000;
    const asked = { query, start: String(end - seconds), end: String(end), step: String(STEP_S) };
    const response = await fetch(`${this.url}/api/v1/query_range?${new URLSearchParams(asked).toString()}`);
    const { status, error, data } = (await response.json()) as Answer;
    if (status !== 'success') throw new Error(`${query}: ${error}`);
    return data.result;
  }

  async remove(): Promise<void> {
    await this.program.end();
    await rm(this.directory, { recursive: true, force: true });
  }
}
