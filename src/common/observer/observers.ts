import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RegisteredProviders } from '../discovery/registered-providers.js';
import { ChatKitLogger } from '../logging/chatkit-logger.js';
import {
  CHATKIT_OBSERVER,
  type ChatKitObserver,
  type ObservedEnd,
  type ObservedMaintenance,
  type ObservedModelCall,
  type ObservedOutcome,
  type ObservedRefusal,
  type ObservedRemoval,
  type ObservedRequest,
  type ObservedStatements,
  type ObservedStep,
  type ObservedToolCall,
} from './observer.port.js';

/** All observers of the application as one. Until it has started, and where there are none, nobody is told. */
@Injectable()
export class Observers implements Required<ChatKitObserver>, OnModuleInit {
  readonly #logger = new ChatKitLogger(Observers.name);
  #observers: readonly ChatKitObserver[] = [];

  constructor(private readonly providers: RegisteredProviders) {}

  /** @throws ExtensionError when one cannot serve many requests at once */
  onModuleInit(): void {
    this.#observers = this.providers.findAll(CHATKIT_OBSERVER) as readonly ChatKitObserver[];
  }

  /** Whether anybody is told anything. */
  get areThere(): boolean {
    return this.#observers.length > 0;
  }

  requestBegan(request: ObservedRequest): void {
    this.#tell((observer) => observer.requestBegan?.(request));
  }

  firstEvent(request: ObservedRequest, milliseconds: number): void {
    this.#tell((observer) => observer.firstEvent?.(request, milliseconds));
  }

  requestEnded(request: ObservedRequest, end: ObservedEnd): void {
    this.#tell((observer) => observer.requestEnded?.(request, end));
  }

  requestRefused(refusal: ObservedRefusal): void {
    this.#tell((observer) => observer.requestRefused?.(refusal));
  }

  limitReached(limit: string): void {
    this.#tell((observer) => observer.limitReached?.(limit));
  }

  around<T>(step: ObservedStep, work: () => Promise<T>): Promise<T> {
    const all = this.#observers.filter((observer) => observer.around !== undefined);
    const wrapped = all.reduceRight<() => Promise<T>>(
      (inner, observer) => () => observer.around?.(step, inner) ?? inner(),
      work,
    );
    return wrapped();
  }

  modelCalled(call: ObservedModelCall): void {
    this.#tell((observer) => observer.modelCalled?.(call));
  }

  modelRetried(call: { readonly model: string }): void {
    this.#tell((observer) => observer.modelRetried?.(call));
  }

  toolCalled(call: ObservedToolCall): void {
    this.#tell((observer) => observer.toolCalled?.(call));
  }

  statementsRan(statements: ObservedStatements): void {
    this.#tell((observer) => observer.statementsRan?.(statements));
  }

  connectionAwaited(wait: { readonly outcome: ObservedOutcome; readonly milliseconds: number }): void {
    this.#tell((observer) => observer.connectionAwaited?.(wait));
  }

  maintained(work: ObservedMaintenance): void {
    this.#tell((observer) => observer.maintained?.(work));
  }

  retained(removed: ObservedRemoval): void {
    this.#tell((observer) => observer.retained?.(removed));
  }

  #tell(one: (observer: ChatKitObserver) => void): void {
    for (const observer of this.#observers) {
      try {
        one(observer);
      } catch (error) {
        this.#logger.warn('an observer failed', { error });
      }
    }
  }
}
