package main

import (
	"math"
	"testing"

	"github.com/bluenviron/gortsplib/v5"
	"github.com/bluenviron/gortsplib/v5/pkg/base"
	"github.com/bluenviron/gortsplib/v5/pkg/description"
	"github.com/bluenviron/gortsplib/v5/pkg/format"
	"github.com/pion/rtcp"
	"github.com/pion/rtp"
)

const slowTicks = 89_000

// baseline is an SPS of 1920x1080.
var baseline = []byte{
	0x67, 0x42, 0xc0, 0x28, 0xd9, 0x00, 0x78, 0x02, 0x27, 0xe5, 0x84, 0x00, 0x00, 0x03, 0x00, 0x04, 0x00, 0x00, 0x03, 0x00,
	0xf0, 0x3c, 0x60, 0xc9, 0x20,
}

// slowCamera is an RTSP server that counts its RTP times too slowly, and whose reports say so: an hour of one picture a
// second, sent as quickly as it goes.
type slowCamera struct {
	stream *gortsplib.ServerStream
	media  *description.Media
}

func (s *slowCamera) OnDescribe(*gortsplib.ServerHandlerOnDescribeCtx) (*base.Response, *gortsplib.ServerStream, error) {
	return &base.Response{StatusCode: base.StatusOK}, s.stream, nil
}

func (s *slowCamera) OnSetup(*gortsplib.ServerHandlerOnSetupCtx) (*base.Response, *gortsplib.ServerStream, error) {
	return &base.Response{StatusCode: base.StatusOK}, s.stream, nil
}

func (s *slowCamera) OnPlay(*gortsplib.ServerHandlerOnPlayCtx) (*base.Response, error) {
	return &base.Response{StatusCode: base.StatusOK}, nil
}

// second sends what the camera sends in one second.
func (s *slowCamera) second(n int) error {
	timestamp := uint32(n * slowTicks)
	report := &rtcp.SenderReport{NTPTime: uint64(3_900_000_000+n) << 32, RTPTime: timestamp}
	if err := s.stream.WritePacketRTCP(s.media, report); err != nil {
		return err
	}
	header := rtp.Header{Version: 2, PayloadType: 96, SequenceNumber: uint16(n), Timestamp: timestamp, Marker: true}
	return s.stream.WritePacketRTP(s.media, &rtp.Packet{Header: header, Payload: key})
}

func startSlowCamera(t *testing.T) (*slowCamera, string) {
	t.Helper()
	video := &description.Media{
		Type:    description.MediaTypeVideo,
		Formats: []format.Format{&format.H264{PayloadTyp: 96, SPS: baseline, PPS: pps, PacketizationMode: 1}},
	}
	slow := &slowCamera{media: video}
	server := &gortsplib.Server{Handler: slow, RTSPAddress: "127.0.0.1:0"}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	slow.stream = &gortsplib.ServerStream{Server: server, Desc: &description.Session{Medias: []*description.Media{video}}}
	if err := slow.stream.Initialize(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(slow.stream.Close)
	return slow, "rtsp://" + server.NetListener().Addr().String() + "/"
}

func TestACameraThatCountsTooSlowlyIsFollowedByItsReports(t *testing.T) {
	slow, url := startSlowCamera(t)
	c, err := openCamera(order{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	positions := make(chan float64)
	if err := c.play(func(_ [][]byte, timestamp uint32) { positions <- c.clock.at(timestamp) }); err != nil {
		t.Fatal(err)
	}
	for n := range 3_601 {
		if err := slow.second(n); err != nil {
			t.Fatal(err)
		}
		if got, want := <-positions, float64(n)*1_000; math.Abs(got-want) > 1 {
			t.Fatalf("after %v ms of the camera's clock: %v ms", want, got)
		}
	}
}
