import { McpServer } from '@modelcontextprotocol/server';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import * as z from 'zod';

// an MCP server over stdio: one process for everybody, which is told in each call who makes it
const users = JSON.parse(process.env['USERS'] ?? '{}');
const server = new McpServer({ name: 'stdio', version: '1' });
const parameters = { access_token: z.string(), user_id: z.string() };
const reply = (text) => ({ content: [{ type: 'text', text }] });

server.registerTool('whose', { inputSchema: z.object(parameters) }, ({ access_token, user_id }) =>
  users[access_token] === user_id
    ? reply(`process ${process.pid} for ${user_id}`)
    : { ...reply('not allowed'), isError: true },
);
server.registerTool('crash', { inputSchema: z.object({}) }, () => process.exit(1));

await server.connect(new StdioServerTransport());
