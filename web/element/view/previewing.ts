import { signal } from '@preact/signals';
import type { EntityInfo } from '../session/entity.js';
import type { Options } from '../session/options.js';
import type { Store } from '../session/store.js';

/** Id of the card that is shown. */
export const CARD_ID = 'entity-card';

/** Milliseconds the pointer has to rest before a card appears, and has to be away before it goes. */
const PAUSE = 250;

export interface Previewed {
  readonly entity: EntityInfo;
  readonly anchor: HTMLElement;
}

/** Which entity's card is shown, and when it comes and goes. */
export class Previewing {
  readonly shown = signal<Previewed | undefined>(undefined);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: Store<Options>) {}

  /** The pointer is on an entity. */
  aim(entity: EntityInfo, anchor: HTMLElement): void {
    if (this.shown.value?.anchor === anchor) this.stay();
    else this.#later(() => this.show(entity, anchor));
  }

  /** Shows the card at once, as for the keyboard. */
  show(entity: EntityInfo, anchor: HTMLElement): void {
    this.stay();
    if (entity.interactive && this.options.value.entities.preview) this.shown.value = { entity, anchor };
  }

  /** The pointer is on the card. */
  stay(): void {
    clearTimeout(this.#timer);
  }

  /** The pointer has left entity or card. */
  leave(): void {
    this.#later(() => this.hide());
  }

  hide(): void {
    this.stay();
    this.shown.value = undefined;
  }

  #later(call: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(call, PAUSE);
  }
}
