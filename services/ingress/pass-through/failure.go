package main

import (
	"context"
	"errors"
	"io"
	"net"
	"syscall"

	"github.com/bluenviron/gortsplib/v5/pkg/base"
	"github.com/bluenviron/gortsplib/v5/pkg/liberrors"
)

// failure is an error whose code is known where it happens.
type failure struct {
	code string
	error
}

func (f failure) Unwrap() error { return f.error }

// codeOf says what an end means to a site engineer.
func codeOf(err error) string {
	var known failure
	var status liberrors.ErrClientBadStatusCode
	var network net.Error
	switch {
	case err == nil, errors.Is(err, context.Canceled):
		return "stopped"
	case errors.As(err, &known):
		return known.code
	case errors.As(err, &status):
		return codeOfStatus(status.Code)
	case errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET):
		return "camera_ended"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "refused"
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return "no_route"
	case errors.As(err, &network) && network.Timeout(),
		errors.As(err, new(liberrors.ErrClientTCPTimeout)),
		errors.As(err, new(liberrors.ErrClientRequestTimedOut)):
		return "timeout"
	}
	return "ended"
}

func codeOfStatus(code base.StatusCode) string {
	switch code {
	case base.StatusUnauthorized:
		return "wrong_credentials"
	case base.StatusForbidden:
		return "forbidden"
	case base.StatusNotFound:
		return "no_stream"
	}
	return "ended"
}
