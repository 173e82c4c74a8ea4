import { Global, Module } from '@nestjs/common';
import { CHATKIT_AUDIT_TRAIL } from '../chatkit/audit/audit-trail.port.js';
import { ChatKitStoreModule, UnitOfWork } from '../store/index.js';
import { AuditController } from './audit.controller.js';
import { AuditLog } from './audit-log.js';
import { AuditReader } from './audit-reader.port.js';
import { auditSchema } from './audit-schema.js';
import { TypeOrmAuditStore } from './audit-store.js';

/**
 * Has the audit log kept: who did what by routes of administrators, which read it at `admin/audit`. One of the `features` of
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
  ],
  exports: [CHATKIT_AUDIT_TRAIL],
})
export class ChatKitAuditModule {}
