// Members of two organisations, each with a thread and a file: PORT PID write|read
import { SignJWT } from 'jose';

const [port, pid, verb] = process.argv.slice(2);
const server = `http://127.0.0.1:${port}`;
const secret = new TextEncoder().encode(process.env.AUTH_JWT_SECRET);

async function until(look) {
  for (;;) {
    if (await look().catch(() => false)) return;
    process.kill(Number(pid), 0); // throws when it has ended
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function tokenOf(tenant) {
  return new SignJWT({ org_id: tenant })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('https://id.test/')
    .setAudience('chat')
    .setSubject('ada')
    .setExpirationTime('10m')
    .sign(secret);
}

async function ask(tenant, path, init) {
  const headers = { ...init.headers, authorization: `Bearer ${await tokenOf(tenant)}` };
  const response = await fetch(`${server}${path}`, { ...init, headers });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  return text;
}

function chat(tenant, body) {
  return ask(tenant, '/chatkit', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function write(tenant) {
  const form = new FormData();
  form.set('file', new File([`The rules of ${tenant}.`], 'rules.txt', { type: 'text/plain' }));
  const { id } = JSON.parse(await ask(tenant, '/attachments', { method: 'POST', body: form }));
  const content = [{ type: 'input_text', text: `Hello from ${tenant}` }];
  const input = { content, attachments: [id], inference_options: {} };
  const answer = await chat(tenant, { type: 'threads.create', params: { input } });
  if (!answer.includes('assistant_message')) throw new Error(answer);
}

async function read(tenant) {
  const { data } = JSON.parse(await chat(tenant, { type: 'threads.list', params: {} }));
  const items = await chat(tenant, { type: 'items.list', params: { thread_id: data[0].id } });
  if (!items.includes(`Hello from ${tenant}`)) throw new Error(`${tenant}: ${items}`);
}

await until(async () => (await fetch(`${server}/health/ready`)).ok);
for (const tenant of ['acme', 'zenith']) await (verb === 'write' ? write(tenant) : read(tenant));
