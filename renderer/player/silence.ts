/** Chromium takes what is shorter than 5 s for a mere sound, and shows no controls for it. */
const silenceSeconds = 10;
const silenceHertz = 8000;

/** A WAV of 8-bit samples, for an element that is to be taken for one that plays. */
export function silence(): Blob {
  const bytes = silenceSeconds * silenceHertz;
  const header = new DataView(new ArrayBuffer(44));
  const write = (at: number, text: string) => {
    new TextEncoder().encodeInto(text, new Uint8Array(header.buffer, at));
  };
  write(0, 'RIFF');
  header.setUint32(4, 36 + bytes, true);
  write(8, 'WAVEfmt ');
  header.setUint32(16, 16, true);
  // Uncompressed, one channel.
  header.setUint16(20, 1, true);
  header.setUint16(22, 1, true);
  header.setUint32(24, silenceHertz, true);
  header.setUint32(28, silenceHertz, true);
  header.setUint16(32, 1, true);
  header.setUint16(34, 8, true);
  write(36, 'data');
  header.setUint32(40, bytes, true);
  return new Blob([header, new Uint8Array(bytes).fill(128)], { type: 'audio/wav' });
}
