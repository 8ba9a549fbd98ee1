/** Every service, by the name that its folder, database role, NATS user and log lines carry. */
export const serviceNames = ['registry', 'ingress', 'events', 'overlay-gateway', 'auth'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** Path prefixes of the one public origin, and the service behind each; the proxy's configuration is made from this. */
export const originRoutes: Record<ServiceName, readonly string[]> = {
  registry: ['/api/registry/*', '/api/sites*', '/api/areas*', '/api/cameras*', '/api/status'],
  ingress: ['/api/ingress/*'],
  events: ['/api/events/*', '/api/detections*', '/api/tracks*', '/api/dead-letters*'],
  'overlay-gateway': ['/api/overlay-gateway/*', '/overlay'],
  auth: ['/api/auth/*', '/api/session*', '/api/users*', '/api/media-token'],
};

/** HTTP header in which the proxy tells the services behind it its own version. */
export const proxyVersionHeader = 'x-proxy-version';
