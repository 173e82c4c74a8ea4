import type { DynamicModule } from '@nestjs/common';

/**
 * The class that a ConfigurableModuleBuilder makes with `forRoot`, as methods: a module that needs more than the builder's
 * options overrides them with ones that ask for it.
 */
export interface ConfigurableModule<Options, AsyncOptions> {
  new (): object;
  forRoot(options: Options): DynamicModule;
  forRootAsync(options: AsyncOptions): DynamicModule;
}
