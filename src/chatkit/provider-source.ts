import type {
  ClassProvider,
  ExistingProvider,
  FactoryProvider,
  InjectionToken,
  Provider,
  Type,
  ValueProvider,
} from '@nestjs/common';

/** A class to make with its own dependencies, or a provider without its token. */
export type ProviderSource<T> =
  | Type<T>
  | Omit<ClassProvider<T>, 'provide'>
  | Omit<ExistingProvider<T>, 'provide'>
  | Omit<FactoryProvider<T>, 'provide'>
  | Omit<ValueProvider<T>, 'provide'>;

/** Completes the source to a provider of `token`. */
export function provide<T>(token: InjectionToken, source: ProviderSource<T>): Provider {
  return typeof source === 'function' ? { provide: token, useClass: source } : { provide: token, ...source };
}
