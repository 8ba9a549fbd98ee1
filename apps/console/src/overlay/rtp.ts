/** RTP time of video counts at this rate (Hz, RFC 6184). */
export const rtpRate = 90_000;

/** Ticks from `from` to `to`, across the wrap at 2³²; right for up to six hours. */
export const ticksBetween = (from: number, to: number): number => (to - from) | 0;

/** An RTP time that lies some ticks later. */
export const laterBy = (rtp: number, ticks: number): number => (rtp + Math.round(ticks)) >>> 0;

/** A stream's own time stamp in RTP ticks. */
export const ptsTicks = (pts: number, clockRate: number): number => (pts * rtpRate) / clockRate;
