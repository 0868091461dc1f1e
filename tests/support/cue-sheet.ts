interface SheetTrack {
  readonly title: string;
  readonly performer?: string;
  /** Seconds into its file. */
  readonly at: number;
}

/** A cue sheet as rippers write it, of one file or of several. */
export function cueSheet(
  album: string,
  performer: string,
  files: Readonly<Record<string, readonly SheetTrack[]>>,
): string {
  const lines = [`PERFORMER "${performer}"`, `TITLE "${album}"`];
  let number = 0;
  for (const [name, tracks] of Object.entries(files)) {
    lines.push(`FILE "${name}" WAVE`);
    for (const track of tracks) {
      number += 1;
      lines.push(`  TRACK ${String(number).padStart(2, '0')} AUDIO`, `    TITLE "${track.title}"`);
      if (track.performer !== undefined) lines.push(`    PERFORMER "${track.performer}"`);
      lines.push(`    INDEX 01 ${clock(track.at)}`);
    }
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** Minutes, seconds, and 75 frames to each of them. */
function clock(seconds: number): string {
  const frames = Math.round(seconds * 75);
  const parts = [Math.floor(frames / 4500), Math.floor(frames / 75) % 60, frames % 75];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
