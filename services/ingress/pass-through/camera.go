package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"time"

	"github.com/bluenviron/gortsplib/v5"
	"github.com/bluenviron/gortsplib/v5/pkg/base"
	"github.com/bluenviron/gortsplib/v5/pkg/description"
	"github.com/bluenviron/gortsplib/v5/pkg/format"
	"github.com/bluenviron/gortsplib/v5/pkg/format/rtph264"
	"github.com/pion/rtcp"
	"github.com/pion/rtp"
)

// silence after which a camera is given up; the ingress looks closer and sooner.
const silence = 15 * time.Second

// camera is an RTSP session (RFC 2326) over TCP with one H.264 video.
type camera struct {
	client *gortsplib.Client
	media  *description.Media
	format *format.H264
	// clock of the stream; both kinds of packets come one after the other over TCP.
	clock streamClock
	// ended tells once why the session is over.
	ended chan error
}

// openCamera sets a session up, so that playing can begin at once.
func openCamera(what order) (*camera, error) {
	address, err := base.ParseURL(what.URL)
	if err != nil {
		return nil, failure{"protocol", fmt.Errorf("expected an RTSP address: %w", err)}
	}
	if what.Username != "" || what.Password != "" {
		address.User = url.UserPassword(what.Username, what.Password)
	}
	tcp := gortsplib.ProtocolTCP
	c := &camera{ended: make(chan error, 1)}
	c.client = &gortsplib.Client{
		Scheme: address.Scheme, Host: address.Host, Protocol: &tcp,
		ReadTimeout: silence, WriteTimeout: silence,
		DialContext: only(address),
		// Cameras sign their certificates themselves; the address is pinned.
		TLSConfig:     &tls.Config{InsecureSkipVerify: true},
		OnPacketsLost: func(uint64) {},
		OnDecodeError: func(error) {},
	}
	if err := c.client.Start(); err != nil {
		return nil, err
	}
	if err := c.setUp(address); err != nil {
		c.client.Close()
		return nil, err
	}
	return c, nil
}

// only connects to the camera's own address: where a camera leads somewhere else, nobody follows.
func only(camera *base.URL) func(context.Context, string, string) (net.Conn, error) {
	host := camera.Hostname()
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		if asked, _, err := net.SplitHostPort(address); err != nil || asked != host {
			return nil, failure{"protocol", errors.New("the camera leads to another address")}
		}
		return (&net.Dialer{}).DialContext(ctx, network, address)
	}
}

func (c *camera) setUp(address *base.URL) error {
	session, _, err := c.client.Describe(address)
	if err != nil {
		return err
	}
	if c.media = session.FindFormat(&c.format); c.media == nil {
		return failure{"no_video", errors.New("no H.264 video is offered")}
	}
	_, err = c.client.Setup(session.BaseURL, c.media, 0, 0)
	return err
}

// profile is the profile-level-id (RFC 6184) in hex; that of constrained baseline where the camera does not say.
func (c *camera) profile() string {
	if sps := c.format.SPS; len(sps) >= 4 {
		return fmt.Sprintf("%x", sps[1:4])
	}
	return "42e01f"
}

// play calls onUnit with every access unit from the first key frame on, and its RTP time (90 kHz).
func (c *camera) play(onUnit func(unit [][]byte, timestamp uint32)) error {
	decoder, err := c.format.CreateDecoder()
	if err != nil {
		return failure{"no_video", err}
	}
	parameters := &parameterSets{sps: c.format.SPS, pps: c.format.PPS}
	var began uint32
	open := false
	c.client.OnPacketRTP(c.media, c.format, func(packet *rtp.Packet) {
		unit, err := decoder.Decode(packet)
		timestamp := packet.Timestamp
		// Without markers a unit ends where the next one begins.
		if open && err == nil {
			timestamp = began
		}
		open = errors.Is(err, rtph264.ErrMorePacketsNeeded) || (err == nil && !packet.Marker)
		began = packet.Timestamp
		if err != nil {
			return
		}
		if unit = parameters.complete(unit); unit != nil {
			onUnit(unit, timestamp)
		}
	})
	c.client.OnPacketRTCP(c.media, func(packet rtcp.Packet) {
		if sent, ok := packet.(*rtcp.SenderReport); ok {
			c.clock.take(sent)
		}
	})
	if _, err := c.client.Play(nil); err != nil {
		return err
	}
	go func() { c.ended <- c.client.Wait() }()
	return nil
}

func (c *camera) close() { c.client.Close() }
