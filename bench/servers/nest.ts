import 'reflect-metadata';
import {
  Body,
  Controller,
  Headers,
  HttpCode,
  Module,
  Post,
  Res,
  UnauthorizedException,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Response } from 'express';
import { Column, CreateDateColumn, DataSource, Entity, PrimaryColumn } from 'typeorm';
import {
  answer,
  claimsOf,
  newThread,
  PAGE,
  userMessage,
  type Json,
  type PlainRequest,
  type PlainRow,
} from './plain-protocol.js';

/** The least that Nest, Express and repositories of TypeORM do for the same work. */

@Entity('threads')
class ThreadRow {
  @PrimaryColumn('text') declare id: string;
  @Column('text') declare user_id: string;
  @Column('text') declare organization_id: string;
  @CreateDateColumn({ type: 'timestamptz' }) declare created_at: Date;
  @Column('json') declare data: PlainRow & Json;
}

@Entity('items')
class ItemRow {
  @PrimaryColumn('text') declare id: string;
  @Column('text') declare thread_id: string;
  @Column('text') declare user_id: string;
  @CreateDateColumn({ type: 'timestamptz' }) declare created_at: Date;
  @Column('json') declare data: PlainRow & Json;
}

const database = await new DataSource({
  type: 'postgres',
  url: process.env['DATABASE_URL'] ?? '',
  entities: [ThreadRow, ItemRow],
}).initialize();
const threads = database.getRepository(ThreadRow);
const items = database.getRepository(ItemRow);

function page(rows: readonly { readonly data: Json }[]): Json {
  return { data: rows.slice(0, PAGE).map(({ data }) => data), has_more: rows.length > PAGE };
}

async function itemsOf(thread_id: string, user_id: string, order: 'ASC' | 'DESC'): Promise<Json> {
  const where = { thread_id, user_id };
  return page(await items.find({ where, order: { created_at: order }, take: PAGE + 1 }));
}

@Controller('chatkit')
class ChatController {
  @Post()
  @HttpCode(200)
  async answer(
    @Body() request: PlainRequest,
    @Headers('authorization') header: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const { sub, org_id } = this.#claims(header);
    const { thread_id = '' } = request.params;
    switch (request.type) {
      case 'threads.list': {
        const where = { user_id: sub };
        response.json(page(await threads.find({ where, order: { created_at: 'DESC' }, take: PAGE + 1 })));
        return;
      }
      case 'items.list':
        response.json(await itemsOf(thread_id, sub, 'DESC'));
        return;
      case 'threads.get_by_id': {
        const { data } = await threads.findOneByOrFail({ id: thread_id, user_id: sub });
        response.json({ ...data, items: await itemsOf(thread_id, sub, 'ASC') });
        return;
      }
      default:
        await this.#stream(request, { user_id: sub, organization_id: org_id }, response);
    }
  }

  #claims(header: string | undefined) {
    try {
      return claimsOf(header);
    } catch {
      throw new UnauthorizedException();
    }
  }

  async #stream(
    request: PlainRequest,
    owner: { readonly user_id: string; readonly organization_id: string },
    response: Response,
  ): Promise<void> {
    const send = (event: object): void => void response.write(`data: ${JSON.stringify(event)}\n\n`);
    const { user_id } = owner;
    const known = request.params.thread_id;
    const thread = known === undefined ? newThread() : undefined;
    const id = thread?.id ?? known ?? '';
    const keep = (item: PlainRow & Json) =>
      items.insert({ id: item.id, thread_id: id, user_id, data: item as object });
    if (thread) await threads.insert({ id, ...owner, data: thread as object });
    else await threads.findOneByOrFail({ id, user_id });
    const message = userMessage(id, request);
    await keep(message);
    await itemsOf(id, user_id, 'DESC');
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    if (thread) send({ type: 'thread.created', thread: { ...thread, items: { data: [], has_more: false } } });
    send({ type: 'thread.item.done', item: message });
    await answer(id, request, send, keep);
    response.end();
  }
}

@Module({ controllers: [ChatController] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ['warn', 'error'] });
await app.listen(Number(process.env['PORT']), '127.0.0.1');
