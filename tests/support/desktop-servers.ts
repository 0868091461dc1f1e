import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Message, Variant, sessionBus } from '@jellybrick/dbus-next';

/** What a desktop has on its session bus beside the player, as far as the player uses it. */
export interface DesktopServers {
  /** Shows icons from now on; where nobody does, there is no tray. */
  readonly startTray: () => Promise<void>;
  /** The names of the icons that were registered, on the bus. */
  readonly icons: readonly string[];
  /** A click on an icon. */
  readonly pressIcon: (name: string) => Promise<void>;
  readonly startNotifications: () => Promise<void>;
  /** The notifications that are on the screen now. */
  readonly notifications: readonly { readonly title: string; readonly text: string }[];
  readonly playerctl: (...words: readonly string[]) => Promise<string>;
  readonly close: () => void;
}

const watcher = 'org.kde.StatusNotifierWatcher';
const notifier = 'org.freedesktop.Notifications';

export function openDesktopServers(): DesktopServers {
  const bus = sessionBus();
  const icons: string[] = [];
  const shown = new Map<number, { readonly title: string; readonly text: string }>();
  let lastId = 0;

  bus.addMethodHandler((message) => {
    const { path, member, body } = message;
    const reply = (signature = '', values: unknown[] = []) => {
      bus.send(Message.newMethodReturn(message, signature, values));
      return true;
    };
    if (path === '/StatusNotifierWatcher') {
      if (member === 'Get') return reply('v', [new Variant('b', true)]);
      if (member !== 'RegisterStatusNotifierItem') return false;
      icons.push(String(body[0]));
      return reply();
    }
    if (path !== '/org/freedesktop/Notifications') return false;
    switch (member) {
      case 'GetServerInformation':
        return reply('ssss', ['tests', 'refrain', '1', '1.2']);
      case 'GetCapabilities':
        return reply('as', [['body', 'actions']]);
      case 'Notify':
        lastId += 1;
        shown.set(lastId, { title: String(body[3]), text: String(body[4]) });
        return reply('u', [lastId]);
      case 'CloseNotification':
        shown.delete(Number(body[0]));
        return reply();
      default:
        return false;
    }
  });

  return {
    async startTray() {
      await bus.requestName(watcher, 0);
    },
    icons,
    async pressIcon(name) {
      const call = { path: '/StatusNotifierItem', interface: 'org.kde.StatusNotifierItem' };
      const place = { signature: 'ii', body: [0, 0] };
      await bus.call(new Message({ ...call, destination: name, member: 'Activate', ...place }));
    },
    async startNotifications() {
      await bus.requestName(notifier, 0);
    },
    get notifications() {
      return [...shown.values()];
    },
    playerctl: (...words) => playerctl(process.env, '-p', 'refrain', ...words),
    close: () => bus.disconnect(),
  };
}

/**
 * Steers players as a listener's desktop does.
 * @returns what it prints, without the line's end; what it complains of where it fails
 */
export async function playerctl(
  env: NodeJS.ProcessEnv,
  ...words: readonly string[]
): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('playerctl', [...words], { env });
    return stdout.trimEnd();
  } catch (error) {
    return (error as { readonly stderr: string }).stderr.trimEnd();
  }
}
