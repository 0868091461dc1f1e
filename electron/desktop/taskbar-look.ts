import type { Words } from '../../shared/words/en.ts';
import type { TaskbarLook } from '../desktop-ports.ts';
import type { NowShown } from './now-shown.ts';

/** A bar in the taskbar is some hundred pixels wide. */
const progressSteps = 200;

export function taskbarLook(
  shown: NowShown,
  positionSeconds: number,
  { player }: Words,
): TaskbarLook {
  const { item, status } = shown;
  const isPlaying = status === 'playing';
  const seconds = item?.seconds ?? 0;
  const part = Math.min(1, positionSeconds / seconds);
  return {
    progress: seconds > 0 ? Math.round(part * progressSteps) / progressSteps : null,
    isPaused: !isPlaying,
    buttons: [
      {
        command: 'previous',
        picture: 'previous',
        tooltip: player.previous,
        enabled: shown.canPrevious,
      },
      {
        command: 'playPause',
        picture: isPlaying ? 'pause' : 'play',
        tooltip: isPlaying ? player.pause : player.play,
        enabled: isPlaying || shown.canPlay,
      },
      { command: 'next', picture: 'next', tooltip: player.next, enabled: shown.canNext },
    ],
    overlay: isPlaying ? { picture: 'play', description: player.nowPlaying } : null,
  };
}
