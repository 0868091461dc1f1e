import { type FileShape, hertz, soundBytes } from './file-shape.ts';
import { id3Tag, id3v1Tag } from './id3-tag.ts';
import type { MadeTrack } from './releases.ts';

const samplesPerFrame = 1152;
const sideInformationEnd = 36;
const encoderDelay = 576;
const paddingOfTag = 1024;
const framesWritten = 8;
/** Shorter sounds are written whole, at a constant rate and without the encoder's own frame. */
const wholeUnderSeconds = 30;

const rateNumbers = { 128: 9, 192: 11, 256: 13, 320: 14 } as const;

/**
 * An ID3v2 tag, the encoder's frame of counts, and some frames; decoders play them as silence, for
 * what they hold lies where no decoder looks. http://gabriel.mp3-tech.org/mp3infotag.html
 */
export function mp3File(track: MadeTrack, picture: Uint8Array | null): FileShape {
  const { tagging } = track.release;
  const tag = id3Tag(track, picture, paddingOfTag);
  const samples = Math.round(track.seconds * hertz);
  const end = tagging.id3v1 ? [id3v1Tag(track)] : [];
  if (track.seconds < wholeUnderSeconds) {
    const frames = Math.round(samples / samplesPerFrame);
    const one = frame(128, soundBytes(track.number, 300));
    const sound = Buffer.concat(Array.from({ length: frames }, () => one));
    return shape([tag, sound], tag.length + sound.length, end);
  }
  const frames = Math.ceil((samples + encoderDelay) / samplesPerFrame) + 1;
  const one = frame(tagging.kilobits, soundBytes(track.number, 300));
  // Variable rates end up somewhat under the highest one.
  const bytesPerFrame = tagging.vbr ? one.length * 0.83 : one.length;
  const bytes = Math.round((frames + 1) * bytesPerFrame);
  const counts = encoderFrame(frames, bytes, frames * samplesPerFrame - samples, tagging.vbr);
  const head = [tag, counts, ...Array.from({ length: framesWritten }, () => one)];
  return shape(head, tag.length + bytes, end);
}

function shape(head: readonly Buffer[], endAt: number, end: readonly Buffer[]): FileShape {
  return {
    pieces: [{ at: 0, bytes: Buffer.concat(head) }, ...end.map((bytes) => ({ at: endAt, bytes }))],
    length: endAt + end.reduce((sum, { length }) => sum + length, 0),
  };
}

function frame(kilobits: keyof typeof rateNumbers, filling: Uint8Array): Buffer {
  const bytes = Buffer.alloc(Math.floor((144_000 * kilobits) / hertz));
  bytes.set([0xff, 0xfb, rateNumbers[kilobits] << 4, 0x00]);
  bytes.set(filling, sideInformationEnd);
  return bytes;
}

/** @param added samples at both ends that are not of the music */
function encoderFrame(frames: number, bytes: number, added: number, vbr: boolean): Buffer {
  const body = frame(128, new Uint8Array());
  let at = sideInformationEnd;
  at += body.write(vbr ? 'Xing' : 'Info', at, 'latin1');
  at = body.writeUInt32BE(0b1111, at);
  at = body.writeUInt32BE(frames, at);
  at = body.writeUInt32BE(bytes, at);
  for (let percent = 0; percent < 100; percent += 1) body[at + percent] = (percent * 256) / 100;
  at = body.writeUInt32BE(78, at + 100);
  at += body.write('LAME3.100', at, 'latin1');
  // Of what follows only the method and the gap are of interest here.
  body[at] = vbr ? 4 : 1;
  const padding = added - encoderDelay;
  body.writeUIntBE(encoderDelay * 4096 + padding, at + 12, 3);
  return body;
}
