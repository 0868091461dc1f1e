import { assertNever } from '../../shared/errors.ts';
import type { LinkTarget } from '../../shared/link.ts';
import type { MainProcess } from '../main-process.ts';
import type { Route } from '../route.ts';
import type { Told } from './told.ts';

/** What of the window a link moves. */
interface Shell {
  readonly go: (route: Route) => void;
  readonly offer: (feature: 'premium') => void;
  readonly tell: (told: Told) => void;
}

/** Shows the place that a link names, or says quietly why not; playing is offered, never begun. */
export async function showTarget(
  target: LinkTarget,
  { go, offer, tell }: Shell,
  main: MainProcess,
): Promise<void> {
  switch (target.to) {
    case 'album':
    case 'artist':
    case 'genre':
    case 'playlist':
      go({ screen: target.to, id: target.id });
      break;
    case 'track': {
      const [track] = await main.ask('library.tracks', { ids: [target.id] });
      if (track === undefined) {
        tell({ kind: 'notice', notice: { kind: 'link_gone' } });
        return;
      }
      const { id, title, albumId } = track;
      go({ screen: 'album', id: albumId });
      const seconds = target.startSeconds < track.seconds ? target.startSeconds : 0;
      tell({ kind: 'play_offer', id, title, seconds });
      break;
    }
    case 'podcast':
    case 'episode':
    case 'gift':
    case 'recap':
      go({ screen: 'home' });
      tell({ kind: 'notice', notice: { kind: 'link_not_yet', to: target.to } });
      return;
    case 'premium':
      go({ screen: 'account' });
      offer('premium');
      break;
    case 'home':
    case 'genres':
    case 'settings':
    case 'sound':
    case 'noted':
      go({ screen: target.to });
      break;
    default:
      assertNever(target);
  }
  await main.ask('links.shown');
}
