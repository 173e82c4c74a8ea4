export { ChatKitAdminModule } from './admin.module.js';
