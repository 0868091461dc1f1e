import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { writeShape } from '../made-library/made-file.ts';
import { vastPng } from './broken-tags.ts';
import { goodShape } from './torture-file.ts';

export interface StrangePlaces {
  /** Titles of music that lies there under odd names and has to be found. */
  readonly titles: readonly string[];
  /** Below the folder: what is no file of music, whatever it is called. Opening one may block. */
  readonly noFiles: readonly string[];
  /** Closes sockets and makes everything readable again, so that it can be taken away. */
  readonly close: () => void;
}

const oddNames = [
  'line\nbreak.mp3',
  'tab\tand\x01bell\x07.mp3',
  '🎸🌙✨.mp3',
  'SHOUTED.MP3',
  'Mixed.Mp3',
  ' spaces around .mp3',
  'dots...mp3',
  '-rf.mp3',
  'quotes\' " `; DROP TABLE tracks;--.mp3',
  'percent %2e%2e%2f %00.mp3',
  'turned \u202e3pm.mp3',
  'CON.mp3',
  'back\\slash.mp3',
  `${'long '.repeat(50)}.mp3`,
  'question?*|<>.mp3',
];
/** One letter in two spellings, which are two files on Linux and one on a Mac. */
const twins = ['caf\u00e9.mp3', 'cafe\u0301.mp3'];
const deepFolders = 90;
const isWindows = process.platform === 'win32';
/** Elsewhere a name is text, and one text is one name. */
const namesAreBytes = process.platform === 'linux';

/** Names, links, pipes, devices and folders as they are found where nobody looked for years. */
export function makeStrangePlaces(folder: string): StrangePlaces {
  mkdirSync(folder);
  const possible = isWindows
    ? oddNames.filter((name) => !/["*:<>?|\\\p{Cc}]|^CON/u.test(name))
    : oddNames;
  const names = namesAreBytes ? [...possible, ...twins] : possible;
  const titles = names.map((name, at) => {
    good(name, 600 + at, `Odd ${at}`);
    return `Odd ${at}`;
  });
  mkdirSync(join(folder, 'bomb'));
  good('bomb/beside a bomb.mp3', 650, 'Beside a bomb');
  writeFileSync(join(folder, 'bomb/cover.png'), vastPng());
  mkdirSync(join(folder, 'folder.mp3/cover.jpg'), { recursive: true });
  good('folder.mp3/in a folder called so.flac', 651, 'In a folder called so');
  const found = [...titles, 'Beside a bomb', 'In a folder called so'];
  makeDeepFolders();
  if (isWindows) return { titles: found, noFiles: ['folder.mp3'], close: () => undefined };

  if (namesAreBytes) makeBytesNames();
  makeLinks();
  const pipes = ['pipe.mp3', 'bomb/folder.jpg', 'pipes/cover.jpg', 'pipes/a.flac'];
  mkdirSync(join(folder, 'pipes'));
  for (const pipe of pipes) execFileSync('mkfifo', [join(folder, pipe)]);
  symlinkSync('pipe.mp3', join(folder, 'link to a pipe.mp3'));
  const socket = createServer().listen(join(folder, 'socket.mp3'));
  const closeFolders = makeUnreadable();
  return {
    titles: found,
    noFiles: [...pipes, 'link to a pipe.mp3', 'zero.mp3', 'random.ogg', 'socket.mp3', 'folder.mp3'],
    close() {
      socket.close();
      closeFolders();
    },
  };

  function good(name: string, number: number, title: string): void {
    writeShape(
      join(folder, name),
      goodShape(name.endsWith('flac') ? 'flac' : 'mp3', number, title),
      1e12,
    );
  }

  function makeDeepFolders(): void {
    const deep = Array.from({ length: deepFolders }, () => 'd').join('/');
    mkdirSync(join(folder, deep), { recursive: true });
    good(`${deep}/too deep.mp3`, 660, 'Too deep');
  }

  function makeBytesNames(): void {
    const inFolder = (name: Buffer) => Buffer.concat([Buffer.from(`${folder}/`), name]);
    writeFileSync(inFolder(Buffer.from('latin \xe9.mp3', 'latin1')), 'no matter');
    mkdirSync(inFolder(Buffer.from('folder \xff\xfe', 'latin1')));
  }

  function makeLinks(): void {
    mkdirSync(join(folder, 'links'));
    symlinkSync('.', join(folder, 'links/here'));
    symlinkSync('..', join(folder, 'links/up'));
    symlinkSync('itself.mp3', join(folder, 'itself.mp3'));
    symlinkSync('nothing', join(folder, 'to nothing.mp3'));
    symlinkSync('/dev/zero', join(folder, 'zero.mp3'));
    symlinkSync('/dev/random', join(folder, 'random.ogg'));
    linkSync(join(folder, 'SHOUTED.MP3'), join(folder, 'hard link.mp3'));
  }

  /** For root all of it is readable, so nobody counts on either. */
  function makeUnreadable(): () => void {
    mkdirSync(join(folder, 'locked'));
    good('locked/inside.mp3', 670, 'Inside');
    good('locked file.mp3', 671, 'Locked file');
    chmodSync(join(folder, 'locked file.mp3'), 0);
    chmodSync(join(folder, 'locked'), 0);
    return () => chmodSync(join(folder, 'locked'), 0o700);
  }
}
