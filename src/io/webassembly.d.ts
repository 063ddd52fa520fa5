// The part of the WebAssembly interface that the engine uses; TypeScript has it only among the types of a browser.

declare namespace WebAssembly {
  class Module {
    private readonly brand: never
    static imports(module: Module): { readonly module: string; readonly name: string; readonly kind: string }[]
  }
  class Memory {
    private readonly brand: never
    readonly buffer: ArrayBuffer
  }
  class Global {
    private readonly brand: never
    readonly value: number | bigint
  }
  class Instance {
    constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, (...args: never[]) => unknown>>>>)
    readonly exports: Readonly<Record<string, unknown>>
  }
  function compile(bytes: Uint8Array): Promise<Module>
}
