import { Global, Module } from '@nestjs/common';
import { CHATKIT_SESSION_ENDS } from '../auth/session/session-ends.port.js';
import { ChatKitStoreModule, UnitOfWork } from '../store/index.js';
import { sessionEndsSchema } from './session-ends-schema.js';
import { TypeOrmSessionEnds } from './session-ends-store.js';

/**
 * Has all instances of the server know within seconds who has signed out, by a table of the ChatKitStoreModule's database:
 * beside `ChatKitSignInModule`, which without it lets each instance know the sessions alone that it has ended itself.
 */
@Global()
@Module({
  imports: [ChatKitStoreModule.forFeature(sessionEndsSchema)],
  providers: [
    {
      provide: CHATKIT_SESSION_ENDS,
      inject: [UnitOfWork],
      useFactory: (unitOfWork: UnitOfWork) => new TypeOrmSessionEnds(unitOfWork),
    },
  ],
  exports: [CHATKIT_SESSION_ENDS],
})
export class ChatKitSessionEndsModule {}
