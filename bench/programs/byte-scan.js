/** The floor of any checker on Node: reads a file and looks for one word, byte by byte. */
const { readFileSync } = require('node:fs');

const bytes = readFileSync(process.argv[2]);
let found = 0;
for (let at = bytes.indexOf('PersistentVolumeClaim'); at >= 0; at = bytes.indexOf('PersistentVolumeClaim', at + 1)) found++;
console.log(found);
