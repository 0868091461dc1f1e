import { Button as AriaButton } from 'react-aria-components';
import type { AdBreakView } from '../../shared/session.ts';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import { clockText } from '../ui/clock-text.ts';
import { drawPlaceholder } from '../ui/placeholder-art.ts';
import './ad-break.css';

/** In the player bar: who speaks, until when, and the ways out. */
export function AdBreak({ spot }: { readonly spot: AdBreakView }) {
  const { ads: words } = useWords();
  const position = useStores('session', ({ positionSeconds }) => positionSeconds);
  const skip = useStores('session', (session) => session.skipSpot);
  const offer = useStores('shell', (shell) => shell.offer);
  const left = clockText(Math.ceil(Math.max(0, spot.seconds - position)));
  const skipIn =
    spot.skipAfterSeconds === null ? null : Math.ceil(spot.skipAfterSeconds - position);
  return (
    <section className="break" aria-label={words.breakRegion}>
      <div className="break-art">
        <Companion spot={spot} />
      </div>
      <div className="break-text">
        <div className="break-advertiser ellipsis">{spot.advertiser}</div>
        <div className="break-timer tabular" role="timer">
          {spot.held
            ? words.held
            : spot.index < spot.count
              ? words.moreToCome(left, spot.count - spot.index)
              : words.resumesIn(left)}
        </div>
        <div className="break-ways">
          <Button look="quiet" className="break-way" onPress={() => offer('ad_free')}>
            {words.goAdFree}
          </Button>
          {skipIn !== null && (
            <Button
              look="quiet"
              className="break-way"
              disabled={skipIn > 0}
              onPress={() => void skip()}
            >
              {skipIn > 0 ? words.skipIn(clockText(skipIn)) : words.skip}
            </Button>
          )}
        </div>
      </div>
    </section>
  );
}

/** In the Now playing panel: the companion where the art was. */
export function AdBreakArt({ spot }: { readonly spot: AdBreakView }) {
  const { ads: words } = useWords();
  return (
    <div className="break-panel">
      <Companion spot={spot} />
      <h3 className="break-panel-advertiser">{spot.advertiser}</h3>
      <p className="break-panel-title">{spot.title}</p>
      {spot.companion !== null && (
        <p className="break-panel-host">{words.opens(spot.companion.clickHost)}</p>
      )}
    </div>
  );
}

function Companion({ spot }: { readonly spot: AdBreakView }) {
  const { ads: words } = useWords();
  const open = useStores('ads', (ads) => ads.open);
  if (spot.companion === null) {
    const art = drawPlaceholder(spot.advertiser);
    return (
      <div
        className="break-companion"
        style={{ background: art.ground, color: art.ink }}
        aria-hidden
      >
        {art.initials}
      </div>
    );
  }
  return (
    <AriaButton
      className="break-companion"
      aria-label={words.visit(spot.advertiser)}
      onPress={() => void open('companion')}
    >
      <img src={spot.companion.imageUrl} alt={spot.companion.alt} draggable={false} />
    </AriaButton>
  );
}
