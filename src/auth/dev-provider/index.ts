export { ChatKitDevProviderModule } from './dev-provider.module.js';
export { EXAMPLE_DIRECTORY, type Directory } from './directory.js';
