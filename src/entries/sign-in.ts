export { ChatKitSignInModule } from '../auth/session/index.js';
export { ChatKitSessionEndsModule } from '../session-ends/index.js';
