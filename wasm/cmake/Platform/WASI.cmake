# Nothing to say: clang's driver knows wasm32-wasi.
