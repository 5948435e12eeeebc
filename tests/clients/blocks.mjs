// Looks at payloads with a schema made of Slack's own types: unknown properties, elements that may not stand there, styles that are none.
// Prints its port when it listens; POST {"kind":"Message"|"Modal"|"Home","payload":…} and read what is wrong, nothing where all is well.
import { createServer } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import { createGenerator } from 'ts-json-schema-generator';

const here = fileURLToPath(new URL('.', import.meta.url));
const folder = mkdtempSync(join(here, 'node_modules', '.blocks-'));
writeFileSync(join(folder, 'payloads.ts'), `
import type { KnownBlock, ModalView, HomeView } from '@slack/types';
export interface Message { blocks: KnownBlock[] }
export type Modal = Omit<ModalView, 'blocks'> & { blocks: KnownBlock[] };
export type Home = Omit<HomeView, 'blocks'> & { blocks: KnownBlock[] };
`);
const schema = createGenerator({ path: join(folder, 'payloads.ts'), type: '*', skipTypeCheck: true, additionalProperties: false, topRef: true }).createSchema('*');
rmSync(folder, { recursive: true });
const ajv = new Ajv({ allErrors: false, strict: false });
ajv.addSchema(schema, 'slack');
const checks = Object.fromEntries(['Message', 'Modal', 'Home'].map(kind => [kind, ajv.compile({ $ref: `slack#/definitions/${kind}` })]));

/** Which block is wrong says more than that none of thirty kinds fits. */
const blame = (kind, payload) => {
  const wrong = (payload.blocks ?? []).find(block => !checks.Message({ blocks: [block] }));
  return wrong ? JSON.stringify(wrong).slice(0, 400) : JSON.stringify(checks[kind].errors?.[0]);
};

const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) {
    parts.push(part);
  }

  const { kind, payload } = JSON.parse(Buffer.concat(parts).toString('utf8'));
  response.end(checks[kind](payload) ? '' : blame(kind, payload));
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.on('end', () => process.exit(0)).resume();
