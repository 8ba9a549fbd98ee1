package main

import (
	"math"
	"testing"

	"github.com/pion/rtcp"
)

// seen lets a stream go on for so many seconds, with a report and then a picture each: its RTP clock counts `ticks` a
// second, the camera's clock is ahead by setMs(second). It gives the position of the last picture (ms).
func seen(seconds int, ticks float64, setMs func(second int) float64) float64 {
	c, last := streamClock{}, 0.0
	for second := range seconds + 1 {
		timestamp := uint32(0xFFFFFFFF - 900_000 + int64(float64(second)*ticks))
		ms := 1_700_000_000_000 + float64(second)*1_000 + setMs(second)
		c.take(&rtcp.SenderReport{NTPTime: uint64(ms / 1_000 * (1 << 32)), RTPTime: timestamp})
		last = c.at(timestamp)
	}
	return last
}

func never(int) float64 { return 0 }

func TestAStreamWhoseTimesRunSlowOrFastGoesOnByItsCamerasClock(t *testing.T) {
	for _, ticks := range []float64{90_000, 89_910, 90_090, 86_000} {
		if got := seen(3_600, ticks, never); math.Abs(got-3_600_000) > 10 {
			t.Errorf("%v ticks a second: %v ms after an hour", ticks, got)
		}
	}
}

func TestACameraWhoseClockIsSetDoesNotMoveItsStream(t *testing.T) {
	set := func(second int) float64 {
		if second < 30 {
			return 0
		}
		return -86_400_000
	}
	if got := seen(60, 90_000, set); math.Abs(got-60_000) > 10 {
		t.Errorf("got %v ms after a minute", got)
	}
}

func TestReportsThatTrembleMoveTheStreamByNoMoreThanThey(t *testing.T) {
	tremble := func(second int) float64 { return float64(second%2) * 40 }
	if got := seen(3_600, 90_000, tremble); math.Abs(got-3_600_000) > 50 {
		t.Errorf("got %v ms after an hour", got)
	}
}

func TestPositionsGoOnWhereTimesBeginAnew(t *testing.T) {
	p := position{}
	for i, timestamp := range []uint32{0xFFFFFFFF - 89_999, 0, 90_000} {
		if got, want := p.at(timestamp), float64(i)*1000; got != want {
			t.Errorf("at(%d) = %v, want %v", timestamp, got, want)
		}
	}
}
