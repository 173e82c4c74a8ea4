# The server as an image: one program with its packages inside, on Debian, and nothing that installs more.
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build \
  && mkdir -p /app/dist/src \
  && cp package.json /app/ \
  && cp -r dist/server dist/web /app/dist/ \
  && cp -r --parents dist/src/demo/widgets /app/

FROM debian:bookworm-slim
COPY --from=build /usr/local/bin/node /usr/local/bin/node
COPY --from=build /app /app
# the one folder that is written to: uploads on their way, and all of them where no bucket is named
RUN install -d -o 10001 -g 10001 /data
WORKDIR /app
ENV NODE_ENV=production CHATKIT_DATA_DIR=/data
USER 10001:10001
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# short pauses for the collection of garbage, so that a flood of one tenant does not stop the others (docs/performance.md)
CMD ["node", "--max-semi-space-size=4", "dist/server/main.js"]
