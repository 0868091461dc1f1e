export function renderBrokenFixtures() {}
