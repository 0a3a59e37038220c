["Module", "Instance", "compile", "instantiate", "compileStreaming", "instantiateStreaming"].forEach(function (name) {
  WebAssembly[name] = function () { throw new WebAssembly.CompileError("Wasm code generation disallowed by embedder"); };
});
