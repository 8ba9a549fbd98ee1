import { authEndpoints } from './auth.ts';
import { cameraEndpoints } from './cameras.ts';
import { detectionEndpoints } from './detections.ts';
import { ingressEndpoints } from './ingress.ts';
import { peopleEndpoints } from './people.ts';
import { preferenceEndpoints } from './preferences.ts';
import { siteEndpoints } from './sites.ts';
import { skewEndpoints } from './skew.ts';
import { statusEndpoints } from './status.ts';
import { trackEndpoints } from './tracks.ts';

/** Every HTTP route of every service. */
export const endpoints = {
  ...siteEndpoints,
  ...cameraEndpoints,
  ...authEndpoints,
  ...detectionEndpoints,
  ...ingressEndpoints,
  ...peopleEndpoints,
  ...preferenceEndpoints,
  ...skewEndpoints,
  ...statusEndpoints,
  ...trackEndpoints,
} as const;

export * from './auth.ts';
export * from './cameras.ts';
export * from './detections.ts';
export * from './endpoint.ts';
export * from './ingress.ts';
export * from './people.ts';
export * from './preferences.ts';
export * from './problem.ts';
export * from './sites.ts';
export * from './skew.ts';
export * from './status.ts';
export * from './tracks.ts';
