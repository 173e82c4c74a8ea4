export { ChatKitSessionEndsModule } from './session-ends.module.js';
