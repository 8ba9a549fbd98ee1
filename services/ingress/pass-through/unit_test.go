package main

import (
	"bytes"
	"reflect"
	"testing"
)

var (
	sps   = []byte{0x67, 0x42, 0xe0, 0x1f}
	pps   = []byte{0x68, 0xce}
	key   = []byte{0x65, 1, 2, 3}
	slice = []byte{0x41, 4, 5}
	aud   = []byte{0x09, 0xf0}
)

func TestNothingIsSentBeforeAKeyFrameWithItsParameterSets(t *testing.T) {
	p := &parameterSets{}
	for _, unit := range [][][]byte{{slice}, {key}, {sps, slice}} {
		if got := p.complete(unit); got != nil {
			t.Errorf("complete(%v) = %v, want nothing", unit, got)
		}
	}
	if got := p.complete([][]byte{pps, key}); got == nil {
		t.Error("a key frame with both parameter sets known came to nothing")
	}
}

func TestKeyFramesCarryParameterSetsOnce(t *testing.T) {
	p := &parameterSets{sps: sps, pps: pps}
	want := [][]byte{sps, pps, key, key}
	for _, unit := range [][][]byte{{key, key}, {aud, sps, pps, key, sps, pps, key}} {
		if got := p.complete(unit); !reflect.DeepEqual(got, want) {
			t.Errorf("complete(%v) = %v, want %v", unit, got, want)
		}
	}
}

func TestSlicesStayAsTheyAre(t *testing.T) {
	p := &parameterSets{sps: sps, pps: pps, started: true}
	got := p.complete([][]byte{aud, slice, {}, slice})
	if len(got) != 2 || !bytes.Equal(got[0], slice) || !bytes.Equal(got[1], slice) {
		t.Errorf("got %v, want the two slices", got)
	}
}
