import { SetMetadata } from '@nestjs/common';

/** Metadata key of {@link Roles}. */
export const ROLES_METADATA = 'chatkit:roles';

/** Lets in only those who have at least one of the roles; works with `RolesGuard` after `JwtAuthGuard`. */
export function Roles(...roles: readonly string[]): MethodDecorator & ClassDecorator {
  return SetMetadata(ROLES_METADATA, roles);
}
