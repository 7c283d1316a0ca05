import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { playgroundPage } from './page';

writeFileSync(join(resolve(__dirname, '..', '..'), 'docs', 'playground.html'), playgroundPage());
