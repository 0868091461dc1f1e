export function renderJoinFixtures() {}
