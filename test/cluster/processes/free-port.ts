import { createServer } from 'node:net';

// Below the range from which the kernel takes ports for outgoing connections: a port found free here is not taken by a
// client between the moment of looking and the moment a component binds it.
const FIRST = 20_000;
const COUNT = 12_000;

// Test processes run side by side; starting at different places keeps them out of each other's way.
let offset = (process.pid * 7919) % COUNT;

/** A loopback port that nobody listens on, and that this process has not handed out before. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < COUNT; tried++) {
    const port = FIRST + (offset++ % COUNT);
    if (await canListen(port)) {
      return port;
    }
  }
  throw new Error(`No free port on 127.0.0.1 between ${FIRST} and ${FIRST + COUNT - 1}: stop what listens there.`);
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
