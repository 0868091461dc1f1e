export const retention = `
-- By which what is kept for a while is found when that is over.
CREATE INDEX webhook_inbox_by_time ON webhook_inbox (received_at);
`;
