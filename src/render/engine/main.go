//go:build wasip1

// Package main is the reactor: it takes a request in memory and leaves an answer there.
package main

import (
	"unsafe"

	"plimsoll/engine/chart"
	"plimsoll/engine/kustomization"
	"plimsoll/engine/wire"
)

var request, answer []byte

// allocate makes room for a request of so many bytes.
//
//go:wasmexport allocate
func allocate(size uint32) unsafe.Pointer {
	request = make([]byte, size+1)
	return unsafe.Pointer(&request[0])
}

// render answers the request that was written and says how long the answer is.
//
//go:wasmexport render
func render(size uint32) uint32 {
	taken := request[:size:size]
	request = nil
	answer = wire.Handle(taken, map[string]wire.Renderer{"helm": chart.Render, "kustomize": kustomization.Build})
	return uint32(len(answer))
}

// result says where the answer is.
//
//go:wasmexport result
func result() unsafe.Pointer { return unsafe.Pointer(&answer[0]) }

func main() {}
