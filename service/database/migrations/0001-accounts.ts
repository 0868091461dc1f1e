export const accounts = `
CREATE TABLE accounts (
  id uuid PRIMARY KEY,
  email text NOT NULL UNIQUE CHECK (email = lower(email)),
  password_hash text NOT NULL,
  created_at timestamptz NOT NULL
);

-- Whose attempts are counted is told by a keyed hash: neither an address nor an e-mail lies here.
CREATE TABLE attempts (
  subject text PRIMARY KEY,
  count integer NOT NULL,
  ends_at timestamptz NOT NULL
);
CREATE INDEX attempts_by_end ON attempts (ends_at);
`;
