import { useStores, useWords } from '../stores.ts';
import { Checkbox } from '../ui/checkbox.tsx';

/** What Refrain does in the desktop around its window. */
export function DesktopSettings() {
  const { desktop: words } = useWords();
  const settings = useStores('settings', (store) => store.settings);
  const change = useStores('settings', (store) => store.change);
  // The dock of macOS is its tray, and closing a window there never ends the music.
  const hasTray = !navigator.userAgent.includes('Macintosh');
  return (
    <div className="settings-choices">
      <Checkbox
        label={words.notifications}
        checked={settings.notifications}
        onChange={(notifications) => void change({ notifications })}
      />
      {hasTray && (
        <>
          <Checkbox
            label={words.tray}
            checked={settings.tray}
            onChange={(tray) => void change({ tray })}
          />
          <Checkbox
            label={words.keepPlaying}
            checked={settings.keepPlaying}
            onChange={(keepPlaying) => void change({ keepPlaying })}
          />
          <p className="settings-note">{words.keepPlayingText}</p>
        </>
      )}
    </div>
  );
}
