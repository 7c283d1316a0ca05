/** Loaded ahead of a measured program: reports, when it ends, the most memory that its process has held, in kilobytes. */
const { writeSync } = require('node:fs');

process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)));
