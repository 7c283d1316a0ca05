import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { DataCheck, openFolder, type Shell, USER } from './data-check';

/** What the script of `requireData` must do, run by one shell as an unprivileged user. */
export function theScriptKeepsItsRules(shell: Shell): void {
  describe(`the script, run by ${shell} as an unprivileged user,`, () => {
    const folder = openFolder('data-check-');
    let check: DataCheck;
    let volume: string;

    beforeAll(() => {
      check = new DataCheck(shell);
    });
    beforeEach(() => {
      volume = join(folder, 'volume');
      mkdirSync(volume);
      writeFileSync(join(folder, 'outside'), 'of the container itself');
    });
    afterEach(() => {
      // What was closed to the user of the script may be closed to the user of the test.
      spawnSync('chmod', ['-R', 'u+rwX', volume]);
      rmSync(volume, { recursive: true });
    });
    afterAll(() => {
      check.end();
      rmSync(folder, { recursive: true });
    });

    const look = (file: string) => check.look(volume, file);
    const write = (path: string, text = 'data') => {
      mkdirSync(join(volume, path, '..'), { recursive: true });
      writeFileSync(join(volume, path), text);
    };
    const refused = (file: string, words: string) => {
      const { status, said } = look(file);
      expect({ status, said }).toEqual({ status: 1, said: expect.stringContaining(words) });
      return said;
    };

    test('says nothing about a file that is there, and lets the pod start', () => {
      write('data/ibdata1');
      expect(look('data/ibdata1')).toEqual({ status: 0, said: '' });
    });

    test('lets the pod start when it may not read the file: that it is there is enough', () => {
      write('data/ibdata1');
      chmodSync(join(volume, 'data/ibdata1'), 0o000);
      expect(look('data/ibdata1').status).toBe(0);
    });

    test('names an EMPTY volume, and what to do', () => {
      const said = refused('data/ibdata1', "claim dev/mysql is EMPTY: it holds no 'data/ibdata1', and nothing else.");
      expect(said).toContain('ADVICE');
    });

    test('takes a fresh file system, which has a lost+found, for EMPTY', () => {
      mkdirSync(join(volume, 'lost+found'), { mode: 0o700 });
      refused('ibdata1', 'claim dev/mysql is EMPTY');
    });

    test('tells a volume that holds other things from an empty one', () => {
      write('.hidden');
      for (const file of ['data/ibdata1', 'ibdata1']) {
        const said = refused(file, `claim dev/mysql holds no '${file}', but other things, such as '.hidden'.`);
        expect(said).not.toContain('EMPTY');
      }
    });

    test.each([
      ['the directory of the file', 'data', 0o000],
      ['the directory of the file, to be listed only', 'data', 0o444],
      ['the volume itself', '', 0o000],
    ])('says that it may not enter %s, and does not call it EMPTY', (_what, closed, mode) => {
      write('data/ibdata1');
      chmodSync(join(volume, closed), mode);
      const said = refused('data/ibdata1', `user ${USER} may not enter `);
      expect(said).toContain('Give requireData the user that the data belongs to.');
      expect(said).not.toContain('EMPTY');
    });

    test('does not call a volume EMPTY that it may not list', () => {
      write('other');
      chmodSync(volume, 0o111);
      expect(refused('ibdata1', "holds no 'ibdata1'; what else it holds, user")).not.toContain('EMPTY');
    });

    test('refuses a file that is empty', () => {
      write('data/ibdata1', '');
      refused('data/ibdata1', "'data/ibdata1' of claim dev/mysql is there, but holds nothing");
    });

    test('refuses a directory, and a way through a file', () => {
      write('data/ibdata1');
      refused('data', "'data' of claim dev/mysql is a directory; name a file in it");
      refused('data/ibdata1/x', "'ibdata1', on the way to 'data/ibdata1/x' of claim dev/mysql, is no directory");
    });

    test('refuses what is no regular file', () => {
      expect(spawnSync('mkfifo', [join(volume, 'pipe')]).status).toBe(0);
      refused('pipe', "'pipe' of claim dev/mysql is no regular file");
    });

    test.each([
      ['absolute, to a file', '../outside', true],
      ['relative, to a file', '../outside', false],
      ['to nothing', '../nowhere/at/all', false],
    ])('refuses a link out of the volume: %s', (_what, target, absolute) => {
      symlinkSync(absolute ? join(volume, target) : target, join(volume, 'link'));
      refused('link', "'link' of claim dev/mysql leads out of the volume, by the link 'link'");
    });

    test('refuses a directory that is a link out of the volume', () => {
      symlinkSync('..', join(volume, 'up'));
      refused('up/outside', "'up/outside' of claim dev/mysql leads out of the volume, by the link 'up'");
      symlinkSync('../nowhere', join(volume, 'gone'));
      refused('gone/outside', "leads out of the volume, by the link 'gone'");
    });

    test('is not taken in by a neighbour whose name begins like the volume', () => {
      mkdirSync(`${volume}-2`);
      writeFileSync(join(`${volume}-2`, 'ibdata1'), 'data');
      symlinkSync('../volume-2', join(volume, 'data'));
      symlinkSync('../volume-2/ibdata1', join(volume, 'file'));
      try {
        refused('data/ibdata1', 'leads out of the volume');
        refused('file', 'leads out of the volume');
      } finally {
        rmSync(`${volume}-2`, { recursive: true });
      }
    });

    test('follows links inside of the volume', () => {
      write('versions/8/ibdata1');
      symlinkSync('versions/8', join(volume, 'current'));
      symlinkSync('current/ibdata1', join(volume, 'latest'));
      expect(look('current/ibdata1').status).toBe(0);
      expect(look('latest').status).toBe(0);
    });

    test('finds a file of any name, and misses it when it is not there', () => {
      const special = fc.constantFrom(
        '-n',
        '--',
        '-',
        '~',
        '*',
        '?',
        '[a]',
        '$HOME',
        '$(id)',
        '`id`',
        '%s',
        '\\',
        '\n',
        'a\n',
        ' ',
        '"',
        "'",
        ';',
        '&',
        '|',
        '!',
      );
      const text = fc.string({ minLength: 1, maxLength: 20 }).map((each) => each.replaceAll(/[/\0]/g, '_'));
      const part = fc.oneof(special, text).filter((each) => each !== '.' && each !== '..');
      fc.assert(
        fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), (parts) => {
          const file = parts.join('/');
          expect(look(file)).toEqual({ status: 1, said: expect.stringContaining('is EMPTY') });
          write(file);
          expect(look(file)).toEqual({ status: 0, said: '' });
          rmSync(join(volume, parts[0]), { recursive: true });
        }),
        { numRuns: 100 },
      );
    });

    test('changes nothing on the volume', () => {
      write('data/ibdata1');
      const before = listing(volume);
      look('data/ibdata1');
      look('data/other');
      expect(listing(volume)).toBe(before);
    });
  });
}

function listing(volume: string): string {
  return spawnSync('ls', ['-lAR', volume], { encoding: 'utf8' }).stdout;
}
