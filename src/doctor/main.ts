import { runDoctor } from './command-line';

runDoctor(process.argv.slice(2), {
  env: process.env,
  write: (report) => process.stdout.write(report),
  tell: (line) => process.stderr.write(`${line}\n`),
  watched: process.stderr.isTTY === true,
}).then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    // A fault of the doctor's own says nothing about the cluster.
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 2;
  },
);
