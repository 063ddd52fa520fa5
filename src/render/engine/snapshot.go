//go:build wasip1

package main

import (
	"runtime"
	"runtime/debug"
)

// What was allocated to be zeroed; package variables, so that the compiler does not leave the allocations out.
var (
	plain   []byte
	pointed []*byte
)

const page = 8 << 10

// settle is called once, while the module is built, before its memory becomes that of the snapshot; it is no export of
// what is shipped. It collects garbage, then zeroes the free heap by taking all of it with the collector off and
// dropping it: Go never gives pages back to WebAssembly, so stale bytes would stay in the file.
//
//go:wasmexport settle
func settle(bytesPerClass, gcPercent, memoryLimit uint32) {
	answer = nil
	runtime.GC()
	runtime.GC() // The second sweeps what finalizers and the victims of pools kept.
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	debug.SetGCPercent(-1)
	for _, class := range stats.BySize { // holes in spans that are partly used
		size := int(class.Size)
		for n := 0; size >= 16 && n < int(bytesPerClass)/size; n++ {
			plain = make([]byte, size)
			pointed = make([]*byte, size/8)
		}
	}
	for taken := uint64(0); taken < stats.HeapIdle+1<<20; taken += page {
		plain = make([]byte, page)
	}
	plain, pointed = nil, nil
	debug.SetGCPercent(int(gcPercent)) // Both stay so in the snapshot.
	debug.SetMemoryLimit(int64(memoryLimit))
	runtime.GC()
	runtime.GC()
}
