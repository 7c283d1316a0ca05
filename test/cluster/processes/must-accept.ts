import { connect } from 'node:net';

/** Rejects until somebody accepts connections on a loopback port. */
export function mustAccept(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
  });
}
