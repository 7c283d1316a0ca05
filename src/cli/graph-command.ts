import { CLEAN, FAILED } from './exit-code';
import { complain, print } from './print';
import { READING_OPTIONS, readingOptions } from './reading-options';
import { type Call, type Command, UsageError } from './usage';

export const graphCommand: Command = {
  name: 'graph',
  operands: 'PATH...',
  summary: 'Draws who owns which snapshot, who may read it and who does; what the cluster refuses is red.',
  details: `PATH is what check takes. Exit code: 0, or 2 if something could not be read.`,
  options: {
    format: { value: 'FORMAT', choices: ['mermaid', 'dot'], fallback: 'mermaid', help: 'For Mermaid, or for Graphviz.' },
    ...READING_OPTIONS,
  },

  async run(call: Call): Promise<number> {
    if (call.operands.length === 0) throw new UsageError('graph needs a PATH, or - for standard input; see: snapshot-clone graph --help');
    const options = readingOptions(call);
    const [{ readPaths }, { checkReadings }, { Picture }, { problemText }] = await Promise.all([
      import('../check/reading/check-paths.js'),
      import('../check/check-result.js'),
      import('../graph/picture.js'),
      import('../check/problem.js'),
    ]);
    const readings = await readPaths(call.operands);
    const { set, problems } = checkReadings(readings, options);
    const picture = new Picture(set);
    print(
      call.one('format') === 'dot'
        ? (await import('../graph/dot.js')).dot(picture)
        : (await import('../graph/mermaid.js')).mermaid(picture),
    );
    // What the rules have to say is no part of a picture.
    for (const each of [...readings.notices, ...problems]) complain(problemText(each));
    return problems.length > 0 ? FAILED : CLEAN;
  },
};
