/** Checks the ads in assets/house-ads: Ed25519, SPKI in base64. Written by scripts/sign-house-ads.mjs. */
export const houseKey = 'MCowBQYDK2VwAyEAW9L9C8MKZL2NjXxbZQ1RLYe2x2C/M4J/JHfXThqmf6s=';
