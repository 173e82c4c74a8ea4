export { ChatKitSignInModule } from '../auth/session/index.js';
