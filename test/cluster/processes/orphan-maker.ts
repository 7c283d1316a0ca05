import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Service } from './service';

// A program for service.test.ts: starts a service that has a child, tells both pids, and waits to be killed.
const script = 'sleep 1000 & echo $$ $! > "$1"; wait';

async function main(pidFile: string): Promise<void> {
  await Service.start({
    name: 'parent',
    program: 'sh',
    args: ['-c', script, 'sh', pidFile],
    logFile: join(tmpdir(), `orphan-maker-${process.pid}.log`),
  });
}

main(process.argv[2]);
