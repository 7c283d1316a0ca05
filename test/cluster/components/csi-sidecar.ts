import { existsSync, readFileSync } from 'node:fs';
import { Service, type ServiceProps } from '../processes/service';

/** What a sidecar says once it is connected, and when it was not answered. */
const CONNECTED = 'Probing CSI driver for readiness';
const NOT_ANSWERED = 'Lost connection to CSI driver, exiting';

/**
 * Starts a sidecar of the driver, and waits until both are connected. It gives the driver one second to answer, and ends; a kubelet would start it
 * anew, and so does this: the driver is a part of this process, which may be busy.
 */
export async function startSidecar(props: ServiceProps): Promise<Service> {
  const log = () => (existsSync(props.logFile) ? readFileSync(props.logFile, 'utf8') : '');
  for (;;) {
    const before = log().length;
    const said = (words: string) => log().includes(words, before);
    const ready = async () => {
      if (!said(CONNECTED)) throw new Error(`it has not said: ${CONNECTED}`);
    };
    try {
      return await Service.start({ ...props, ready });
    } catch (error) {
      if (!said(NOT_ANSWERED)) throw error;
    }
  }
}
