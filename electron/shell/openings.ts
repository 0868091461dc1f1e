import type { App } from 'electron';

/** Arguments as of a start of the app, and what relative paths among them are resolved against. */
export type Opened = (argv: readonly string[], directory: string) => void;

/**
 * Gathers what the system asks the app to open. To be called before the app is ready: macOS tells of
 * the link that started it earlier than that, once.
 * @returns takes who opens it, and hands over first what has come till then
 */
export function gatherOpenings(app: App): (opened: Opened) => void {
  const gathered: Parameters<Opened>[] = [];
  let tell: Opened = (...given) => void gathered.push(given);

  app.on('second-instance', (_event, argv, directory) => tell(argv, directory));
  // macOS tells of files and links by events instead of arguments.
  app.on('open-url', (event, url) => {
    event.preventDefault();
    tell([url], '/');
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    tell([path], '/');
  });

  return (opened) => {
    tell = opened;
    for (const given of gathered.splice(0)) opened(...given);
  };
}
