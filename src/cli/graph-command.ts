import { externalNotices } from '../check/external';
import { unrendered } from '../check/judge';
import { problemText } from '../check/problem';
import { readPaths } from '../check/reading/check-paths';
import { dot } from '../graph/dot';
import { mermaid } from '../graph/mermaid';
import { Picture } from '../graph/picture';
import { ObjectSet } from '../rules/object-set';
import { CLEAN, FAILED } from './exit-code';
import { outputOption, putOut, refuseInput } from './output';
import { complain } from './print';
import { READING_OPTIONS, readingOptions } from './reading-options';
import { prepareForShortRun } from './short-run';
import { type Call, type Command, UsageError } from './usage';

export const graphCommand: Command = {
  name: 'graph',
  brief: 'draw owners, snapshots, grants and consumers',
  operands: 'PATH...',
  summary: 'Draws who owns which snapshot, who may read it and who does; what the cluster refuses is red.',
  details: `PATH is what check takes. Exit code: 0, or 2 if something could not be read.`,
  options: {
    format: { value: 'FORMAT', choices: ['mermaid', 'dot'], fallback: 'mermaid', help: 'For Mermaid, or for Graphviz.' },
    output: outputOption('picture'),
    ...READING_OPTIONS,
  },

  async run(call: Call): Promise<number> {
    if (call.operands.length === 0) throw new UsageError('graph needs a PATH, or - for standard input; see: snapshot-clone graph --help');
    const options = readingOptions(call);
    const readings = await readPaths(call.operands, prepareForShortRun);
    refuseInput(call.one('output'), call.operands, readings);
    // What the rules have to say is no part of a picture.
    const set = new ObjectSet(readings.manifests, options);
    const problems = [...readings.problems, ...unrendered(set)];
    const picture = new Picture(set);
    putOut(call.one('format') === 'dot' ? dot(picture) : mermaid(picture), call.one('output'), 'the picture');
    for (const each of [...readings.notices, ...externalNotices({ set, problems }, options.external), ...problems])
      complain(problemText(each));
    return problems.length > 0 ? FAILED : CLEAN;
  },
};
