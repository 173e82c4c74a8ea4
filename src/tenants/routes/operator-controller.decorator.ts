import { ChatKitOperatorGuard } from '../../auth/roles/operator.guard.js';
import { privilegedRoutes } from '../../chatkit/admin/privileged-routes.js';

/**
 * As `AdminController`, for those who operate the service: below `operator/` and the path of the ChatKitModule. What they do
 * is recorded in the audit log of their own organisation.
 */
export function OperatorController(path: string): ClassDecorator {
  return privilegedRoutes(`operator/${path}`, ChatKitOperatorGuard);
}
