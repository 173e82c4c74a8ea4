import type { TenantScope } from '../../chatkit/core/store/scope.js';

/** Stands for the service itself where connections are shared out: it asks as often as it must, and is no tenant. */
export const SERVICE: TenantScope = { tenantId: 'chatkit:directory', userId: 'chatkit:directory' };
