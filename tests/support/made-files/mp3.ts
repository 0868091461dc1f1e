/** What an encoder wrote into the first frame. */
export type FirstFrame = 'xing' | 'info with lame' | 'vbri' | 'nothing';

const frameBytes = 417;
const hertz = 44_100;

/** Frames of 128 kbit/s, layer III, two channels. */
export function mpegFrames(count: number, first: FirstFrame, filling: number): Buffer {
  const frame = Buffer.alloc(frameBytes, filling);
  frame.set([0xff, 0xfb, 0x90, 0x00]);
  const head = Buffer.from(frame);
  head.fill(0, 4);
  switch (first) {
    case 'nothing':
      return Buffer.concat(Array.from({ length: count }, () => frame));
    case 'vbri':
      head.write('VBRI', 36, 'latin1');
      head.writeUInt32BE(count * frameBytes, 46);
      head.writeUInt32BE(count, 50);
      break;
    case 'xing':
    case 'info with lame':
      head.write(first === 'xing' ? 'Xing' : 'Info', 36, 'latin1');
      head.writeUInt32BE(3, 40);
      head.writeUInt32BE(count, 44);
      head.writeUInt32BE(count * frameBytes, 48);
      if (first === 'info with lame') {
        head.write('LAME3.100', 52, 'latin1');
        head.writeUIntBE((576 << 12) | 1000, 52 + 21, 3);
      }
  }
  return Buffer.concat([head, ...Array.from({ length: count }, () => frame)]);
}

export function mpegSeconds(frames: number): number {
  return (frames * 1152) / hertz;
}
