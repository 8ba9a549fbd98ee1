// Program pass-through carries one H.264 camera from RTSP into a room over WHIP, without decoding or holding back anything:
// a picture goes on with its last packet. What to carry comes as one JSON object on standard input, where neither `ps` nor
// a log can see it; how it goes is told on standard output, one JSON object a line.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"
)

// order says what to carry where.
type order struct {
	// URL of the camera, its host a numeric address. No other host is ever connected to.
	URL      string `json:"url"`
	Username string `json:"username"`
	Password string `json:"password"`
	// WHIP endpoint (RFC 9725) on loopback.
	WHIP string `json:"whip"`
}

// progress is told while pictures go on.
type progress struct {
	// Frames that were sent since the start.
	Frames uint64 `json:"frames"`
	// MediaMs is the position in the stream (ms by the camera's own clock).
	MediaMs float64 `json:"mediaMs"`
}

// ending is the last line: what it ended of, by the codes of services/ingress/ffmpeg/classify.ts. Its words go to stderr.
type ending struct {
	Ended string `json:"ended"`
}

const progressEvery = 500 * time.Millisecond

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	// One camera never needs two cores; waking a second one costs more than it does.
	runtime.GOMAXPROCS(1)
	var what order
	if err := json.NewDecoder(os.Stdin).Decode(&what); err != nil {
		fmt.Fprintln(os.Stderr, "Expected one JSON object {url, username, password, whip} on standard input.")
		os.Exit(64)
	}
	err := carry(ctx, what)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	say(ending{Ended: codeOf(err)})
}

// carry goes on until the camera, the room or ctx ends it, and returns why.
func carry(ctx context.Context, what order) error {
	camera, err := openCamera(what)
	if err != nil {
		return err
	}
	defer camera.close()
	room, err := joinRoom(ctx, what.WHIP, camera.profile())
	if err != nil {
		return failure{"media_server", err}
	}
	defer room.leave()

	// Told as a picture goes, so that what is told is never older than the telling.
	sent, broken := make(chan progress, 1), make(chan error, 1)
	now, told := progress{}, time.Time{}
	err = camera.play(func(unit [][]byte, timestamp uint32) {
		if err := room.send(unit, timestamp); err != nil {
			offer(broken, error(failure{"media_server", err}))
			return
		}
		now = progress{Frames: now.Frames + 1, MediaMs: camera.clock.at(timestamp)}
		if at := time.Now(); at.Sub(told) >= progressEvery {
			told = at
			offer(sent, now)
		}
	})
	if err != nil {
		return err
	}

	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-broken:
			return err
		case err := <-camera.ended:
			return err
		case err := <-room.ended:
			return failure{"media_server", err}
		case now := <-sent:
			say(now)
		}
	}
}

// offer hands on what somebody has room for.
func offer[T any](to chan<- T, what T) {
	select {
	case to <- what:
	default:
	}
}

func say(line any) {
	if json.NewEncoder(os.Stdout).Encode(line) != nil {
		os.Exit(1)
	}
}
