import { privilegedRoutes } from '../../chatkit/admin/privileged-routes.js';
import { AuditedOperatorGuard } from './audited-operator.guard.js';
import { OperatorAuditInterceptor } from './operator-audit.interceptor.js';

/**
 * As `AdminController`, for those who operate the service: below `operator/` and the path of the ChatKitModule. What they do
 * is recorded in the audit log of their own organisation, and in that of the tenant which `tenant_id` names in the path or
 * in the body.
 */
export function OperatorController(path: string): ClassDecorator {
  return privilegedRoutes(`operator/${path}`, AuditedOperatorGuard, OperatorAuditInterceptor);
}
