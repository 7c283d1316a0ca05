import { join } from 'node:path';
import { mustAccept } from '../processes/must-accept';
import type { ServiceProps } from '../processes/service';
import type { Surroundings } from './surroundings';

/** The cache between Argo CD's parts; it comes from a Debian package. */
export function redisServer(at: Surroundings, port: number): ServiceProps {
  return {
    name: 'redis-server',
    program: 'redis-server',
    args: ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no', '--dir', at.folder],
    logFile: join(at.logs, 'redis-server.log'),
    ready: () => mustAccept(port),
  };
}
