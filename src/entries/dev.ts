export { ChatKitDevProviderModule, type Directory } from '../auth/dev-provider/index.js';
export { embeddedDatabase, type DatabaseSource } from '../store/availability/database-source.js';
