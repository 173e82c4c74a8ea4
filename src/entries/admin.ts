export { ChatKitAdminModule } from '../admin/index.js';
