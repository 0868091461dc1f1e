import { CircleStop, X } from 'lucide-react';
import type { HTMLAttributes, MouseEvent } from 'react';
import type { Track } from '../../../shared/track.ts';
import { useWords } from '../../stores.ts';
import { IconButton } from '../../ui/button.tsx';
import { clockText } from '../../ui/clock-text.ts';
import { Cover } from '../../ui/cover.tsx';
import type { QueuePart } from './queue-rows.ts';

/**
 * @param props.track null until its row is known
 * @param props.place from 1, among `count` in its part
 * @param props.takesFocus asked once it is drawn: the keyboard may have been on its way here
 */
export function QueueEntryRow({
  track,
  part,
  place,
  count,
  top,
  tabbable,
  takesFocus,
  stopsHere,
  drag,
  onFocus,
  onPlay,
  onRemove,
  onContextMenu,
}: {
  readonly track: Track | null;
  readonly part: QueuePart;
  readonly place: number;
  readonly count: number;
  readonly top: number;
  readonly tabbable: boolean;
  readonly takesFocus: () => boolean;
  /** The queue stops at its end. */
  readonly stopsHere: boolean;
  readonly drag: HTMLAttributes<HTMLLIElement>;
  readonly onFocus: () => void;
  readonly onPlay: () => void;
  readonly onRemove: () => void;
  readonly onContextMenu: (event: MouseEvent) => void;
}) {
  const words = useWords();
  return (
    <li
      {...drag}
      className="queue-row"
      data-part={part}
      {...(track?.away === true && { 'data-away': true, title: words.tracks.away })}
      style={{ top }}
      tabIndex={tabbable ? 0 : -1}
      ref={(row) => {
        if (row !== null && takesFocus()) row.focus({ preventScroll: true });
      }}
      {...(part === 'now'
        ? { 'aria-current': true as const }
        : { 'aria-posinset': place, 'aria-setsize': count })}
      onFocus={onFocus}
      onDoubleClick={onPlay}
      onContextMenu={onContextMenu}
    >
      <div className="queue-cover">
        <Cover hash={track?.cover ?? null} title={track?.album ?? ''} size={96} decorative />
      </div>
      <div>
        <div className="queue-row-title ellipsis">{track?.title ?? '…'}</div>
        <div className="queue-row-by ellipsis">{track?.artist ?? ''}</div>
      </div>
      <div className="queue-row-end tabular">
        {stopsHere && (
          <CircleStop
            size={14}
            className="queue-row-stop"
            role="img"
            aria-label={words.queue.stopsHere}
          />
        )}
        <span className="queue-row-time">{track === null ? '' : clockText(track.seconds)}</span>
        <IconButton
          label={words.queue.remove}
          icon={X}
          iconSize={14}
          size="small"
          className="queue-row-remove"
          onPress={onRemove}
        />
      </div>
    </li>
  );
}
