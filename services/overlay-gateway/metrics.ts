import { skewBoundsMs } from '@sightline/contracts';
import { metrics } from '@sightline/service';
import { Counter, Gauge, Histogram } from 'prom-client';

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
  skew: new Histogram({
    name: 'sightline_overlay_skew_milliseconds',
    help: 'How far drawn boxes were from an analysed frame, one a displayed frame, as viewers report it.',
    labelNames: ['camera', 'mode'],
    buckets: [...skewBoundsMs],
    registers,
  }),
};
