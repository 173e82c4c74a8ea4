import type { ModelRequest, StreamEvent } from '@openai/agents';
import type { Page } from 'playwright-core';
import { OfflineModel } from '../../../src/offline-model/index.js';
import { expect } from '../expect.js';
import { counted, finished, log } from '../member.js';

/** Pauses in its next answer when told to, however long a page takes to get there. */
export class PausingModel extends OfflineModel {
  #going = Promise.withResolvers<void>();

  constructor() {
    // an answer of 20 seconds: a busy machine comes too late for what lasts as short as elsewhere
    super({ delayMs: 20 });
    this.goOn();
  }

  pause(): void {
    this.#going = Promise.withResolvers<void>();
  }

  goOn(): void {
    this.#going.resolve();
  }

  override async *getStreamedResponse(request: ModelRequest): AsyncGenerator<StreamEvent, void, undefined> {
    let words = 0;
    for await (const event of super.getStreamedResponse(request)) {
      if (event.type === 'output_text_delta') words += 1;
      if (words === 50) await this.#going.promise;
      yield event;
    }
  }
}

/** The page shows the answer to "Count to 100" in which the model pauses; it grows there once the model goes on, and is whole. */
export async function seesItGrow(page: Page, model: PausingModel): Promise<void> {
  await page.getByRole('button', { name: 'Stop response' }).waitFor();
  const answer = log(page).locator('.assistant');
  const before = (await answer.innerText()).length;
  model.goOn();
  await expect.poll(async () => (await answer.innerText()).length).toBeGreaterThan(before);
  await counted(page, 100);
  await finished(page);
  await expect(answer).toHaveCount(1);
  await expect(answer).toContainText(/\b1, 2, 3, .*, 99, 100/s);
}
