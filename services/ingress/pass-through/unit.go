package main

import (
	"bytes"

	"github.com/bluenviron/mediacommon/v2/pkg/codecs/h264"
)

// parameterSets are the newest SPS and PPS of a stream, from the session's description or from the stream itself.
type parameterSets struct {
	sps, pps []byte
	started  bool
}

// complete puts the parameter sets before each key frame, once, as browsers want them, and leaves out what is of no use
// beyond the camera. Nil when nothing can be shown yet. Coded slices stay byte for byte: frames are named by them.
func (p *parameterSets) complete(unit [][]byte) [][]byte {
	key := false
	kept := make([][]byte, 0, len(unit)+2)
	for _, nalu := range unit {
		if len(nalu) == 0 {
			continue
		}
		switch h264.NALUType(nalu[0] & 0x1F) {
		case h264.NALUTypeSPS:
			p.sps = bytes.Clone(nalu)
		case h264.NALUTypePPS:
			p.pps = bytes.Clone(nalu)
		case h264.NALUTypeAccessUnitDelimiter, h264.NALUTypeFillerData:
		case h264.NALUTypeIDR:
			key = true
			kept = append(kept, nalu)
		default:
			kept = append(kept, nalu)
		}
	}
	if key && p.sps != nil && p.pps != nil {
		p.started = true
		kept = append([][]byte{p.sps, p.pps}, kept...)
	}
	if !p.started || len(kept) == 0 {
		return nil
	}
	return kept
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
