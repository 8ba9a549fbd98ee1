package main

import (
	"math"

	"github.com/pion/rtcp"
)

const (
	// settleMs: two reports closer together than this tell little of a rate (ms).
	settleMs = 1_000
	// setShare of what has passed: clocks that part by more were set, or the stream stood still meanwhile.
	setShare = 0.1
)

// streamClock is how far a stream has come by its camera's own clock. RTP times may be counted at a rate that the camera
// does not keep; its sender reports (RFC 3550, 6.4.1) tie them to its clock.
type streamClock struct {
	position   position
	corrected  float64
	reportedAt *report
}

// report ties an RTP time to the camera's clock (64-bit NTP format, whose lower half is fractions of a second).
type report struct {
	ntp uint64
	rtp uint32
}

// at is how far a picture of this RTP time is from the first one (ms).
func (c *streamClock) at(timestamp uint32) float64 {
	return c.position.at(timestamp) + c.corrected
}

// take learns from a sender report by how much RTP times have parted from the camera's clock since the one before.
func (c *streamClock) take(sent *rtcp.SenderReport) {
	now := report{ntp: sent.NTPTime, rtp: sent.RTPTime}
	before := c.reportedAt
	if before == nil {
		c.reportedAt = &now
		return
	}
	rtpMs := float64(int32(now.rtp-before.rtp)) / (clockRate / 1_000)
	ntpMs := float64(int64(now.ntp-before.ntp)) / (1 << 32) * 1_000
	if rtpMs >= 0 && rtpMs < settleMs && ntpMs >= 0 && ntpMs < settleMs {
		return
	}
	if parted := ntpMs - rtpMs; math.Abs(parted) < setShare*rtpMs {
		c.corrected += parted
	}
	c.reportedAt = &now
}

// position unwraps RTP times, which begin anew every 13 hours.
type position struct {
	last  uint32
	total int64
	begun bool
}

// at is how far a time is from the first one, in ms.
func (p *position) at(timestamp uint32) float64 {
	if p.begun {
		p.total += int64(int32(timestamp - p.last))
	}
	p.last, p.begun = timestamp, true
	return float64(p.total) / 90
}
