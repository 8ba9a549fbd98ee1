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
