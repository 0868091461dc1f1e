import { useState } from 'react';
import { coverUrl, type CoverSize } from '../../shared/urls.ts';
import { drawPlaceholder } from './placeholder-art.ts';
import './cover.css';

/**
 * Square art. Without a picture, or when it can't be loaded, art is drawn from the title, the
 * same each time. The box takes the width of its parent.
 * @param props.size pixels of the picture that is fetched, not of the box
 * @param props.decorative true beside text that already says the title
 */
export function Cover({
  hash,
  title,
  size,
  decorative = false,
  className = '',
}: {
  readonly hash: string | null;
  readonly title: string;
  readonly size: CoverSize;
  readonly decorative?: boolean;
  readonly className?: string;
}) {
  const [brokenHash, setBrokenHash] = useState<string | null>(null);
  const name = decorative ? '' : title;
  if (hash === null || hash === brokenHash) {
    return <PlaceholderArt title={title} name={name} className={className} />;
  }
  return (
    <img
      className={`ui-cover ${className}`}
      src={coverUrl(hash, size)}
      alt={name}
      loading="lazy"
      decoding="async"
      draggable={false}
      onError={() => setBrokenHash(hash)}
    />
  );
}

function PlaceholderArt({
  title,
  name,
  className,
}: {
  readonly title: string;
  readonly name: string;
  readonly className: string;
}) {
  const art = drawPlaceholder(title);
  return (
    <svg
      className={`ui-cover ${className}`}
      viewBox="0 0 100 100"
      {...(name === '' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name })}
    >
      <rect width="100" height="100" fill={art.ground} />
      {art.shapes.map((shape) => (
        <circle
          key={`${shape.x} ${shape.y}`}
          cx={shape.x}
          cy={shape.y}
          r={shape.radius}
          fill={shape.ring ? 'none' : shape.colour}
          stroke={shape.ring ? shape.colour : 'none'}
          strokeWidth={shape.ring ? 5 : 0}
        />
      ))}
      <text x="9" y="90" fill={art.ink} fontSize="26" fontWeight="700" letterSpacing="-1">
        {art.initials}
      </text>
    </svg>
  );
}
