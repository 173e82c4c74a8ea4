import { Injectable } from '@nestjs/common';

/** A book of a library's catalogue. */
export interface Book {
  readonly id: string;
  readonly title: string;
  readonly author: string;
  readonly copies: number;
}

/** Stands for the application's own catalogue: each tenant has its own. */
@Injectable()
export class Books {
  readonly #catalogues = new Map<string, readonly Book[]>([
    [
      'riverside',
      [
        { id: 'b-1', title: 'The Sea Around Us', author: 'Rachel Carson', copies: 2 },
        { id: 'b-2', title: 'Middlemarch', author: 'George Eliot', copies: 0 },
      ],
    ],
    ['hilltop', [{ id: 'b-1', title: 'Walden', author: 'Henry David Thoreau', copies: 1 }]],
  ]);
  readonly #reservations = new Map<string, Set<string>>();

  /** @param words part of a title, or a text with a title in it */
  find(tenantId: string, words: string): Book | undefined {
    const sought = words.toLowerCase();
    return this.#of(tenantId).find(({ title }) => {
      const known = title.toLowerCase();
      return known.includes(sought) || sought.includes(known);
    });
  }

  /** @returns undefined when the library has no such book */
  reserve(tenantId: string, userId: string, id: string): Book | undefined {
    const book = this.#of(tenantId).find((each) => each.id === id);
    if (book === undefined) return undefined;
    const key = JSON.stringify([tenantId, userId]);
    const reserved = this.#reservations.get(key) ?? new Set();
    this.#reservations.set(key, reserved.add(id));
    return book;
  }

  reservedBy(tenantId: string, userId: string): readonly string[] {
    return [...(this.#reservations.get(JSON.stringify([tenantId, userId])) ?? [])];
  }

  #of(tenantId: string): readonly Book[] {
    return this.#catalogues.get(tenantId) ?? [];
  }
}
