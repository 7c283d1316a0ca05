#!/usr/bin/env node
import { main } from './main';

main(process.argv.slice(2)).then((code) => {
  // All that was printed has been written. By itself Node would take thousands of objects apart before it ends.
  process.exit(code);
});
