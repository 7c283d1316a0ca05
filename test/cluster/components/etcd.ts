import { request } from 'node:http';
import { join } from 'node:path';
import type { ServiceProps } from '../processes/service';
import { goService, type Surroundings } from './surroundings';

export interface EtcdPorts {
  readonly client: number;
  readonly peer: number;
}

export function etcd(at: Surroundings, ports: EtcdPorts): ServiceProps {
  const client = `http://127.0.0.1:${ports.client}`;
  const peer = `http://127.0.0.1:${ports.peer}`;
  return {
    ...goService('etcd', at, [
      `--data-dir=${join(at.folder, 'etcd')}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
      // Survives the death of the process, not of the machine; nobody wants the data then.
      '--unsafe-no-fsync',
    ]),
    ready: () => mustAnswer(`${client}/health`),
  };
}

function mustAnswer(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { timeout: 1000 }, (answer) => {
      answer.resume();
      return answer.statusCode === 200 ? resolve() : reject(new Error(`${url} answered ${answer.statusCode}`));
    });
    asked.once('error', reject);
    asked.end();
  });
}
