import { Injectable } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Member } from '../scope-tally.js';

/** What a request passes, in this order: it is counted among those under way, then among those of a minute, and begins in its turn. */
const ORDER = ['under way', 'rate', 'turn'] as const;

/**
 * Refuses a request whose sender is known, or has it wait. Nothing else has been made for the request by then: those that wait
 * cost little memory.
 */
export type RequestGate = (
  request: IncomingMessage,
  response: ServerResponse,
  sender: Member,
) => Promise<void> | undefined;

/** What stands behind the guards that know senders, on all routes of the application. */
@Injectable()
export class RequestGates {
  readonly #gates = new Map<(typeof ORDER)[number], RequestGate>();

  /** Of several assistants in an application the first sets up the gates. */
  add(name: (typeof ORDER)[number], gate: RequestGate): void {
    if (!this.#gates.has(name)) this.#gates.set(name, gate);
  }

  /** Resolves when the request may go on. @throws what a gate refuses it with */
  async pass(request: IncomingMessage, response: ServerResponse, sender: Member): Promise<void> {
    for (const name of ORDER) {
      const waits = this.#gates.get(name)?.(request, response, sender);
      if (waits !== undefined) await waits;
    }
  }
}
