export const ads = `
CREATE TABLE campaigns (
  id text PRIMARY KEY,
  advertiser text NOT NULL,
  category text NOT NULL,
  -- Empty: for every one.
  genres text[] NOT NULL,
  moods text[] NOT NULL,
  dayparts text[] NOT NULL,
  languages text[] NOT NULL,
  markets text[] NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  daily_impressions integer NOT NULL CHECK (daily_impressions > 0)
);

CREATE TABLE creatives (
  id text PRIMARY KEY,
  campaign_id text NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
  title text NOT NULL,
  media_url text NOT NULL,
  media_type text NOT NULL,
  seconds double precision NOT NULL CHECK (seconds > 0),
  bitrate_kbps integer NOT NULL,
  companion jsonb,
  click_through text,
  skip_after_seconds integer
);

-- What a device told of one serving of an ad. Whose device it is nobody knows.
CREATE TABLE beacons (
  serving uuid NOT NULL,
  event text NOT NULL,
  campaign_id text NOT NULL,
  creative_id text NOT NULL,
  at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  heard_seconds double precision NOT NULL,
  late boolean NOT NULL,
  error_code integer,
  -- Null: counted.
  refused text,
  PRIMARY KEY (serving, event)
);

-- Each count lies in several rows, so that those who count at once wait for nobody.
CREATE TABLE ad_counts (
  day date NOT NULL,
  campaign_id text NOT NULL,
  event text NOT NULL,
  shard smallint NOT NULL,
  count bigint NOT NULL,
  PRIMARY KEY (day, campaign_id, event, shard)
);
`;
