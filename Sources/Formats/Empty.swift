/// Formats: see Sources/README.md.
