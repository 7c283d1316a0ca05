/** Lets this package be imported by its own name from tests and examples: node_modules/cdk8s-snapshot-clone is this folder. */
const { rmSync, symlinkSync } = require('node:fs');
const { join, resolve } = require('node:path');

const root = resolve(__dirname, '..');
const link = join(root, 'node_modules', 'cdk8s-snapshot-clone');
rmSync(link, { force: true });
symlinkSync(root, link, 'junction');
