// Judges a Teams manifest by the vendor's own package: prints one line for each thing that is wrong, none when all is well. The schemas come with the package.
import { readFileSync } from 'node:fs';
import { AppManifestUtils } from '@microsoft/app-manifest';

const manifest = JSON.parse(readFileSync(process.argv[2], 'utf8'));
for (const wrong of await AppManifestUtils.validateAgainstSchema(manifest)) {
  console.log(wrong);
}
