// A target that carries a precompiled header for others to reuse needs one source file.
