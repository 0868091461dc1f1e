import { id3Length } from '../decode/mp3-frame.ts';
import type { PcmTrack } from './pcm-track.ts';
import type { Bytes } from './read-ahead.ts';
import { readAhead } from './read-ahead.ts';

type Open = (file: Bytes, startByte: number) => Promise<PcmTrack>;

/**
 * Decoders by the letters that a file begins with. Each is fetched when it is first needed, so
 * that ordinary formats cost nothing.
 */
const openers: readonly { readonly mark: RegExp; readonly open: Open }[] = [
  {
    mark: /^FORM.{4}AIF[FC]/s,
    open: async (file, at) => (await import('./aiff.ts')).openAiff(file, at),
  },
  {
    mark: /^wvpk/,
    open: async (file, at) => (await import('./wavpack.ts')).openWavpack(file, at),
  },
  {
    mark: /^DSD \x1c/,
    open: async (file, at) => (await import('./dsf.ts')).openDsf(file, at),
  },
  {
    mark: /^FRM8.{8}DSD /s,
    open: async (file, at) => (await import('./dff.ts')).openDff(file, at),
  },
  {
    mark: /^MPCK/,
    open: async (file, at) => (await import('./musepack-8.ts')).openMusepack8(file, at),
  },
  {
    mark: /^MP\+[\x07\x17]/,
    open: async (file, at) => (await import('./musepack-7.ts')).openMusepack7(file, at),
  },
  {
    mark: /^MAC /,
    open: async (file, at) => (await import('./ape.ts')).openApe(file, at),
  },
  {
    mark: /^0&\xb2u/,
    open: async (file, at) => (await import('./wma.ts')).openWma(file, at),
  },
];

/**
 * Opens a file of a format that Chromium can't play; null: it is none of them. What decides are
 * its bytes, not its name.
 * @throws when it is one of them and can't be played
 */
export async function openPcm(file: Bytes): Promise<PcmTrack | null> {
  const startByte = id3Length(await file.bytesAt(0, 10), 0);
  const head = String.fromCharCode(...(await file.bytesAt(startByte, 16)));
  const opener = openers.find(({ mark }) => mark.test(head));
  return opener === undefined ? null : opener.open(readAhead(file), startByte);
}
