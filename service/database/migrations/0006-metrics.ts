export const metrics = `
-- What listeners chose to send, as it came. Whose it is nobody knows.
CREATE TABLE metrics_batches (
  id uuid PRIMARY KEY,
  received_at timestamptz NOT NULL,
  level integer NOT NULL CHECK (level IN (1, 2)),
  batch jsonb NOT NULL
);
CREATE INDEX metrics_batches_by_time ON metrics_batches (received_at);
`;
