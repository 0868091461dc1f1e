# The account service (docs/service.md). The player is not built here.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# Without the scripts of packages: Electron would fetch itself.
RUN npm ci --ignore-scripts
COPY tsconfig.base.json vite.service.config.ts ./
COPY shared shared
COPY service service
RUN npm run service:build

FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080
# All is in one file but the password hashing, which is native code.
COPY --from=build /app/node_modules/@node-rs node_modules/@node-rs
COPY --from=build /app/dist/service/ ./
USER node
EXPOSE 8080
CMD ["node", "main.js"]
