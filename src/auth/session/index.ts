export { ChatKitSignInModule } from './sign-in.module.js';
