import { SetMetadata } from '@nestjs/common';

/** Metadata key of {@link ChatKitRoles}. */
export const ROLES_METADATA = 'chatkit:roles';

/** Lets in only those who have at least one of the roles; works with `ChatKitRolesGuard` after `ChatKitAuthGuard`. */
export function ChatKitRoles(...roles: readonly string[]): MethodDecorator & ClassDecorator {
  return SetMetadata(ROLES_METADATA, roles);
}
