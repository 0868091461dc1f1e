import type { TrackList } from '../shared/track.ts';

/** How dragged tracks travel between parts of the window that don't know each other. */
const format = 'application/x-refrain-tracks';

export function carryTracks(transfer: DataTransfer, tracks: TrackList): void {
  transfer.setData(format, JSON.stringify(tracks));
  transfer.effectAllowed = 'copyMove';
}

/** True while tracks are dragged; what they are can be read only when they are dropped. */
export function carriesTracks(transfer: DataTransfer): boolean {
  return transfer.types.includes(format);
}

/** @returns null when no tracks were dropped; main checks the list as any other input */
export function carriedTracks(transfer: DataTransfer): TrackList | null {
  const text = transfer.getData(format);
  return text === '' ? null : (JSON.parse(text) as TrackList);
}
