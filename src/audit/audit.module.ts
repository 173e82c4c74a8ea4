import { Global, Module } from '@nestjs/common';
import { CHATKIT_AUDIT_TRAIL, CHATKIT_OPERATOR_TRAIL } from '../chatkit/audit/audit-trail.port.js';
import { ChatKitStoreModule, TENANT_PARTS, UnitOfWork, type TenantParts } from '../store/index.js';
import { AuditController } from './audit.controller.js';
import { AuditLog } from './audit-log.js';
import { AuditReader } from './audit-reader.port.js';
import { auditSchema } from './audit-schema.js';
import { OperatorAuditStore } from './operator-audit-store.js';
import { TypeOrmAuditStore } from './audit-store.js';

/**
 * Has the audit log kept: who did what by routes of administrators and operators, and administrators read it at `admin/audit`. One of the `features` of
 * a ChatKitModule, below whose path its route is; records what is done by the routes of all of them. Needs the
 * ChatKitStoreModule.
 */
@Global()
@Module({
  imports: [ChatKitStoreModule.forFeature(auditSchema)],
  controllers: [AuditController],
  providers: [
    {
      provide: TypeOrmAuditStore,
      inject: [UnitOfWork],
      useFactory: (unitOfWork: UnitOfWork) => new TypeOrmAuditStore(unitOfWork),
    },
    { provide: AuditReader, useExisting: TypeOrmAuditStore },
    {
      provide: CHATKIT_AUDIT_TRAIL,
      inject: [TypeOrmAuditStore],
      useFactory: (store: TypeOrmAuditStore) => new AuditLog(store),
    },
    {
      provide: CHATKIT_OPERATOR_TRAIL,
      inject: [TENANT_PARTS],
      useFactory: (tenants: TenantParts) => new AuditLog(new OperatorAuditStore(tenants)),
    },
  ],
  exports: [CHATKIT_AUDIT_TRAIL, CHATKIT_OPERATOR_TRAIL],
})
export class ChatKitAuditModule {}
