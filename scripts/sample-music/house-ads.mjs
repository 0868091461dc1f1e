export function renderHouseAds() {}
