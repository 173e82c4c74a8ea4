import { Controller, Get, Post, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Module } from '@nestjs/common';
import {
  ChatKitAuthModule,
  Ctx,
  ChatKitAuthGuard,
  RequestContext,
  ChatKitRoles,
  ChatKitRolesGuard,
} from '../../../src/auth/index.js';
import { ChatKitDevProviderModule } from '../../../src/auth/dev-provider/index.js';
import { ChatKitSignInModule } from '../../../src/auth/session/index.js';
import type { INestApplication } from '@nestjs/common';
import type { AddressInfo } from 'node:net';
import type { AuthOptions } from '../../../src/auth/index.js';

@Controller('probe')
@UseGuards(ChatKitAuthGuard, ChatKitRolesGuard)
class ProbeController {
  @Get()
  read(@Ctx() context: RequestContext): object {
    return { ...context.toJSON(), hasToken: context.token !== undefined };
  }

  @Post()
  write(@Ctx() context: RequestContext): object {
    return { tenantId: context.tenantId };
  }

  @Get('admin')
  @ChatKitRoles('admin')
  admin(): object {
    return { admitted: true };
  }
}

/** A server with nothing but the identity part and a controller that tells what it was given. */
export async function startAuthApp(
  options: AuthOptions,
  port = 0,
  prepare: (app: INestApplication) => unknown = () => undefined,
): Promise<RunningApp> {
  @Module({
    imports: [ChatKitAuthModule.forRoot(options), ChatKitSignInModule.forRoot(), ChatKitDevProviderModule],
    controllers: [ProbeController],
  })
  class AppModule {}
  const app = await NestFactory.create(AppModule, { logger: false, abortOnError: false });
  prepare(app);
  await app.listen(port, 'localhost');
  const { port: chosen } = app.getHttpServer().address() as AddressInfo;
  return { app, url: `http://localhost:${chosen}` };
}

export interface RunningApp {
  readonly app: INestApplication;
  readonly url: string;
}
