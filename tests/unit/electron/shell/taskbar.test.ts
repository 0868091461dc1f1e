import type { NativeImage, ThumbarButton } from 'electron';
import { expect, it } from 'vitest';
import type { MenuCommand, TaskbarLook } from '../../../../electron/desktop-ports.ts';
import { createTaskbar } from '../../../../electron/shell/taskbar.ts';

const playing: TaskbarLook = {
  progress: 0.25,
  isPaused: false,
  buttons: [
    { command: 'previous', picture: 'previous', tooltip: 'Previous', enabled: false },
    { command: 'playPause', picture: 'pause', tooltip: 'Pause', enabled: true },
  ],
  overlay: { picture: 'play', description: 'Now playing' },
};

it('calls what Electron has for the taskbar of Windows, and only for what is new', () => {
  const { show, calls, acted } = createRecorded();
  show(playing);
  expect(calls.map(([name]) => name)).toEqual([
    'setProgressBar 0.25 normal',
    'setThumbarButtons',
    'setOverlayIcon play Now playing',
  ]);
  const [previous, pause] = calls[1]?.[1] ?? [];
  expect(previous).toMatchObject({ tooltip: 'Previous', flags: ['disabled'] });
  pause?.click();
  expect(acted).toEqual(['playPause']);

  calls.length = 0;
  show({ ...playing, progress: 0.3 });
  expect(calls.map(([name]) => name)).toEqual(['setProgressBar 0.3 normal']);

  calls.length = 0;
  show({ ...playing, progress: null, isPaused: true, overlay: null });
  expect(calls.map(([name]) => name)).toEqual(['setProgressBar -1 paused', 'setOverlayIcon  ']);
});

/** No Windows here: what is called is written down in its place. */
function createRecorded() {
  const calls: (readonly [name: string, buttons?: readonly ThumbarButton[]])[] = [];
  const acted: MenuCommand[] = [];
  const pictures = new Map<NativeImage, string>();
  const show = createTaskbar(
    {
      isDestroyed: () => false,
      setProgressBar: (progress, options) =>
        void calls.push([`setProgressBar ${progress} ${options?.mode ?? ''}`]),
      setThumbarButtons: (buttons) => {
        calls.push(['setThumbarButtons', buttons]);
        return true;
      },
      setOverlayIcon: (overlay, description) =>
        void calls.push([
          `setOverlayIcon ${overlay === null ? '' : (pictures.get(overlay) ?? '')} ${description}`,
        ]),
    },
    (name) => {
      const image = { name } as unknown as NativeImage;
      pictures.set(image, name);
      return image;
    },
    (command) => acted.push(command),
  );
  return { show, calls, acted };
}
