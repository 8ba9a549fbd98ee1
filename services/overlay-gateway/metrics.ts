import { metrics } from '@sightline/service';
import { Counter, Gauge } from 'prom-client';

const registers = [metrics];

/** What the gateway counts. */
export const measures = {
  sockets: new Gauge({ name: 'sightline_overlay_sockets', help: 'Open WebSockets.', registers }),
  deliveries: new Counter({
    name: 'sightline_overlay_deliveries_total',
    help: 'Boxes offered to sockets, one a frame and socket.',
    registers,
  }),
  dropped: new Counter({
    name: 'sightline_overlay_dropped_total',
    help: 'Boxes that a newer one replaced because a socket was slow.',
    registers,
  }),
};
