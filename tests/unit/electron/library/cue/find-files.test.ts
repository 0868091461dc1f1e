import { describe, expect, it } from 'vitest';
import { filesOfSheet } from '../../../../../electron/library/cue/find-files.ts';
import { parseCue } from '../../../../../electron/library/cue/parse-cue.ts';

describe('The files that a sheet means', () => {
  it.each([
    ['of that very name', 'album.wav', ['album.flac', 'album.wav', 'other.wav'], 'album.wav'],
    ['converted since', 'album.wav', ['album.flac', 'other.wav'], 'album.flac'],
    ['in another case', 'ALBUM.WAV', ['album.flac'], 'album.flac'],
    ['with accents written in two signs', 'cafe\u0301.wav', ['caf\u00e9.wav'], 'caf\u00e9.wav'],
    ['below a path of another machine', 'C:\\Rips\\album.wav', ['album.wav'], 'album.wav'],
    ['outside of the folder, by their names alone', '../../album.wav', ['album.wav'], 'album.wav'],
    ['called like the sheet', 'CDImage.wav', ['The Sheet.ape'], 'The Sheet.ape'],
  ])('are those %s', (_, written, names, expected) => {
    expect([...filesOf([written], names)]).toEqual([expected]);
  });

  it('are none when no name is alike', () => {
    expect([...filesOf(['CDImage.wav'], ['01 - Song.flac', '02 - Song.flac'])]).toEqual([]);
  });

  it('are each but one', () => {
    const names = ['side a.flac', 'side b.flac', 'the sheet.flac'];
    expect([...filesOf(['side a.wav', 'side b.wav'], names)]).toEqual(names.slice(0, 2));
  });

  it('are not those of a single track', () => {
    const text = ['1.wav', '2.wav'].map((name) => `FILE "${name}" WAVE\n${track(0)}`).join('');
    const sheet = parseCue(text);
    expect(sheet?.files).toHaveLength(2);
    expect(sheet && filesOfSheet(sheet, 'the sheet.cue', ['1.wav', '2.wav']).size).toBe(0);
  });
});

function filesOf(written: readonly string[], names: readonly string[]) {
  const text = written.map((name) => `FILE "${name}" WAVE\n${track(0)}${track(1)}`).join('');
  const sheet = parseCue(text);
  return sheet === null ? [] : filesOfSheet(sheet, 'The sheet.cue', names).keys();
}

function track(minute: number): string {
  return `TRACK 01 AUDIO\nINDEX 01 0${minute}:00:00\n`;
}
