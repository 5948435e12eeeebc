// Looks at a Slack manifest with a schema made of the vendor's own types, which know every scope and event by name, and at the lengths that types do not know
// (docs.slack.dev/reference/app-manifest). Argument: the file. Prints what is wrong; nothing where all is well.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import { createGenerator } from 'ts-json-schema-generator';
import { parse } from 'yaml';

const manifest = parse(readFileSync(process.argv[2], 'utf8'));
const folder = mkdtempSync(join(fileURLToPath(new URL('.', import.meta.url)), 'node_modules', '.manifest-'));
writeFileSync(join(folder, 'manifest.ts'), "export type { Manifest } from '@slack/web-api/dist/types/request/manifest';\n");
const schema = createGenerator({ path: join(folder, 'manifest.ts'), type: 'Manifest', skipTypeCheck: true, additionalProperties: false }).createSchema('Manifest');
rmSync(folder, { recursive: true });
const ajv = new Ajv({ strict: false, allErrors: true });
const check = ajv.compile(schema);
const wrong = check(manifest) ? [] : check.errors.map(error => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
const length = (name, text, least, most) => { if (!text || text.length < least || text.length > most) { wrong.push(`${name} has ${text?.length ?? 0} characters, not ${least} to ${most}`); } };
const { display_information: about, features } = manifest;
length('name', about.name, 1, 35);
length('description', about.description, 1, 140);
length('long_description', about.long_description, 175, 4000);
length('display_name', features.bot_user.display_name, 1, 80);
for (const shortcut of features.shortcuts) {
  length('shortcut', shortcut.name, 1, 24);
  length('shortcut description', shortcut.description, 1, 150);
}
for (const command of features.slash_commands) {
  length('command', command.command, 2, 32);
  length('command description', command.description, 1, 2000);
  length('usage hint', command.usage_hint, 1, 1000);
}
console.log(wrong.join('\n').trim());
