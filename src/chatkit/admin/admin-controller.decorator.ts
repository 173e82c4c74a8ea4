import { AuditedAdminGuard } from './audited-admin.guard.js';
import { privilegedRoutes } from './privileged-routes.js';

/**
 * Makes a class the controller of routes for administrators, below `admin/` and the path of the ChatKitModule that has its
 * module among its `features`: who is no administrator of the own tenant is refused, fields are checked by their classes,
 * errors look as everywhere, nothing is cached, and what `@Audited()` names is recorded in the audit log.
 *
 * @param path of the routes, such as `usage`
 */
export function AdminController(path: string): ClassDecorator {
  return privilegedRoutes(`admin/${path}`, AuditedAdminGuard);
}
