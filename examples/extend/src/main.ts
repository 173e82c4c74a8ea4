import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { loadConfig } from 'nestjs-chatkit';
import { AgentsConfig } from 'nestjs-chatkit/agents';
import { AppModule } from './app.module.js';

const root = AppModule.forRoot(loadConfig(AgentsConfig, process.env));
// the endpoint reads its own bodies, with limits of its own
const app = await NestFactory.create<NestExpressApplication>(root, { bodyParser: false });
app.enableShutdownHooks();
const element = dirname(fileURLToPath(import.meta.resolve('nestjs-chatkit/element/chatkit.js')));
app.useStaticAssets(element, { prefix: '/element' });
app.useStaticAssets(fileURLToPath(new URL('../public', import.meta.url)));
await app.listen(process.env['PORT'] ?? 3000);
