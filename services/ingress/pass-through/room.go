package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/bluenviron/gortsplib/v5/pkg/format/rtph264"
	"github.com/pion/ice/v4"
	"github.com/pion/interceptor"
	"github.com/pion/webrtc/v4"
)

const (
	clockRate = 90_000
	// payloadBytes fits a packet of 1,200 bytes with the headers of RTP and SRTP, which passes every tunnel.
	payloadBytes = 1_160
	joinTimeout  = 10 * time.Second
	leaveTimeout = time.Second
)

// room is a WHIP session (RFC 9725) that publishes one video.
type room struct {
	connection *webrtc.PeerConnection
	track      *webrtc.TrackLocalStaticRTP
	packets    *rtph264.Encoder
	resource   string
	// ended tells once that the media server is gone.
	ended chan error
}

// joinRoom publishes to a WHIP endpoint and returns when media can flow.
func joinRoom(ctx context.Context, endpoint, profile string) (*room, error) {
	ctx, cancel := context.WithTimeout(ctx, joinTimeout)
	defer cancel()
	r := &room{ended: make(chan error, 1), packets: &rtph264.Encoder{PayloadMaxSize: payloadBytes, PacketizationMode: 1}}
	if err := r.packets.Init(); err != nil {
		return nil, err
	}
	if err := r.offerVideo(profile); err != nil {
		return nil, err
	}
	if err := r.connect(ctx, endpoint); err != nil {
		r.leave()
		return nil, err
	}
	return r, nil
}

func (r *room) offerVideo(profile string) error {
	api, codec, err := newAPI(profile)
	if err != nil {
		return err
	}
	if r.connection, err = api.NewPeerConnection(webrtc.Configuration{}); err != nil {
		return err
	}
	if r.track, err = webrtc.NewTrackLocalStaticRTP(codec, "video", "camera"); err != nil {
		return err
	}
	sendOnly := webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionSendonly}
	transceiver, err := r.connection.AddTransceiverFromTrack(r.track, sendOnly)
	if err != nil {
		return err
	}
	go readReports(transceiver.Sender())
	return nil
}

// newAPI knows H.264 alone, sends lost packets again (RFC 4585, 4588) and reports (RFC 3550).
func newAPI(profile string) (*webrtc.API, webrtc.RTPCodecCapability, error) {
	codec := webrtc.RTPCodecCapability{
		MimeType: webrtc.MimeTypeH264, ClockRate: clockRate,
		SDPFmtpLine:  "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=" + profile,
		RTCPFeedback: []webrtc.RTCPFeedback{{Type: "nack"}},
	}
	again := webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeRTX, ClockRate: clockRate, SDPFmtpLine: "apt=96"}
	engine, interceptors := &webrtc.MediaEngine{}, &interceptor.Registry{}
	err := errors.Join(
		engine.RegisterCodec(webrtc.RTPCodecParameters{RTPCodecCapability: codec, PayloadType: 96}, webrtc.RTPCodecTypeVideo),
		engine.RegisterCodec(webrtc.RTPCodecParameters{RTPCodecCapability: again, PayloadType: 97}, webrtc.RTPCodecTypeVideo),
		webrtc.ConfigureNack(engine, interceptors),
		webrtc.ConfigureRTCPReports(interceptors),
	)
	settings := webrtc.SettingEngine{}
	settings.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4})
	settings.SetIncludeLoopbackCandidate(true)
	settings.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	settings.SetICETimeouts(2*time.Second, 4*time.Second, time.Second)
	return webrtc.NewAPI(
		webrtc.WithMediaEngine(engine), webrtc.WithInterceptorRegistry(interceptors), webrtc.WithSettingEngine(settings),
	), codec, err
}

// readReports keeps the interceptors going, which work on what is read.
func readReports(sender *webrtc.RTPSender) {
	buffer := make([]byte, 1_500)
	for {
		if _, _, err := sender.Read(buffer); err != nil {
			return
		}
	}
}

func (r *room) connect(ctx context.Context, endpoint string) error {
	connected := make(chan struct{}, 1)
	r.connection.OnConnectionStateChange(func(state webrtc.PeerConnectionState) {
		switch state {
		case webrtc.PeerConnectionStateConnected:
			offer(connected, struct{}{})
		case webrtc.PeerConnectionStateFailed, webrtc.PeerConnectionStateClosed:
			offer(r.ended, fmt.Errorf("the connection to the media server is %s", state))
		}
	})
	offer, err := r.connection.CreateOffer(nil)
	if err != nil {
		return err
	}
	gathered := webrtc.GatheringCompletePromise(r.connection)
	if err := r.connection.SetLocalDescription(offer); err != nil {
		return err
	}
	<-gathered
	answer, err := r.negotiate(ctx, endpoint, r.connection.LocalDescription().SDP)
	if err != nil {
		return err
	}
	if err := r.connection.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: answer}); err != nil {
		return err
	}
	select {
	case <-connected:
		return nil
	case err := <-r.ended:
		return err
	case <-ctx.Done():
		return fmt.Errorf("no connection to the media server: %w", ctx.Err())
	}
}

// negotiate exchanges the offer for an answer and remembers where the session can be ended.
func (r *room) negotiate(ctx context.Context, endpoint, offer string) (string, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, endpoint, strings.NewReader(offer))
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", "application/sdp")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 256<<10))
	if err != nil {
		return "", err
	}
	if response.StatusCode != http.StatusCreated {
		return "", fmt.Errorf("expected 201 from the media server, got %s", response.Status)
	}
	if location, err := url.Parse(response.Header.Get("Location")); err == nil && location.Path != "" {
		r.resource = request.URL.ResolveReference(location).String()
	}
	return string(body), nil
}

// send writes an access unit, with the camera's own time.
func (r *room) send(unit [][]byte, timestamp uint32) error {
	packets, err := r.packets.Encode(unit)
	if err != nil {
		return err
	}
	for _, packet := range packets {
		packet.Timestamp = timestamp
		if err := r.track.WriteRTP(packet); err != nil {
			return err
		}
	}
	return nil
}

// leave ends the session, so that the room does not wait for it to time out.
func (r *room) leave() {
	if r.resource != "" {
		ctx, cancel := context.WithTimeout(context.Background(), leaveTimeout)
		defer cancel()
		if request, err := http.NewRequestWithContext(ctx, http.MethodDelete, r.resource, nil); err == nil {
			if response, err := http.DefaultClient.Do(request); err == nil {
				response.Body.Close()
			}
		}
	}
	r.connection.Close()
}
