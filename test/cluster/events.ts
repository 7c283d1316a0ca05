import { describe, type ObjectAddress } from './api/api-object';
import type { Cluster } from './cluster';

/** The messages of the events about an object, of one reason. */
export async function eventsAbout(cluster: Cluster, object: ObjectAddress, reason: string): Promise<string[]> {
  const { name, namespace } = object.metadata;
  const query = `fieldSelector=${encodeURIComponent(`involvedObject.kind=${object.kind},involvedObject.name=${name},reason=${reason}`)}`;
  const events = await cluster.api.list('v1', 'Event', namespace, query);
  return events.map((event) => event.message);
}

/** Waits for an event that says this, in the words of whoever wrote it. */
export async function eventMustSay(cluster: Cluster, object: ObjectAddress, reason: string, words: string): Promise<void> {
  await cluster.eventually(`an event ${reason} about ${describe(object)} with "${words}"`, async () => {
    const said = await eventsAbout(cluster, object, reason);
    if (!said.some((message) => message.includes(words))) {
      throw new Error(said.length === 0 ? 'no such event' : said.join('\n'));
    }
  });
}
