import { Info, X } from 'lucide-react';
import { Button as AriaButton, DialogTrigger, Dialog, Popover } from 'react-aria-components';
import type { BannerView } from '../../shared/ads.ts';
import { useStores, useWords } from '../stores.ts';
import { Button, IconButton } from '../ui/button.tsx';
import './banner-slot.css';

/**
 * The slot of a free listener. Its box has the same size with an ad, without one and while one is
 * on its way, so nothing around it ever moves.
 * @param props.shape `box` at the foot of the right panel, `strip` below a screen without panel
 */
export function BannerSlot({ shape }: { readonly shape: 'box' | 'strip' }) {
  const { ads: words } = useWords();
  const banner = useStores('ads', (ads) => ads.banner);
  const quietSeconds = useStores('session', ({ view }) => view.quietSeconds);
  return (
    <aside className={`slot slot-${shape}`} aria-label={words.slot}>
      {quietSeconds > 0 ? (
        <div className="slot-none">{words.quietSlot(Math.ceil(quietSeconds / 60))}</div>
      ) : banner === null ? (
        <NoBanner />
      ) : (
        <Banner banner={banner} />
      )}
    </aside>
  );
}

function NoBanner() {
  const { ads: words } = useWords();
  const offer = useStores('shell', (shell) => shell.offer);
  return (
    <div className="slot-none">
      <span>{words.emptySlot}</span>
      <Button look="quiet" onPress={() => offer('ad_free')}>
        {words.goAdFree}
      </Button>
    </div>
  );
}

function Banner({ banner }: { readonly banner: BannerView }) {
  const { ads: words } = useWords();
  const open = useStores('ads', (ads) => ads.open);
  const dismiss = useStores('ads', (ads) => ads.dismissBanner);
  return (
    <>
      <AriaButton
        className="slot-image"
        aria-label={words.visit(banner.advertiser)}
        onPress={() => void open('banner')}
      >
        <img src={banner.imageUrl} alt={banner.alt} draggable={false} />
      </AriaButton>
      <div className="slot-line">
        <span className="slot-label">{words.slot}</span>
        <span className="slot-advertiser ellipsis">{banner.advertiser}</span>
        <DialogTrigger>
          <IconButton label={words.why} icon={Info} iconSize={14} size="small" />
          <Popover className="slot-why" placement="top end">
            <Dialog aria-label={words.why}>
              <p>{words.reason(banner.why)}</p>
              <p className="slot-why-host">{words.opens(banner.clickHost)}</p>
            </Dialog>
          </Popover>
        </DialogTrigger>
        <IconButton
          label={words.dismiss}
          icon={X}
          iconSize={14}
          size="small"
          onPress={() => void dismiss(banner.id)}
        />
      </div>
    </>
  );
}
