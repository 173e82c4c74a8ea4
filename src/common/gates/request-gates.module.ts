import { Global, Module } from '@nestjs/common';
import { RequestGates } from './request-gates.js';

/** The gates of all requests, once for all modules of an application. */
@Global()
@Module({ providers: [RequestGates], exports: [RequestGates] })
export class RequestGatesModule {}
