// zlib: DEFLATE (RFC 1951) in gzip members (RFC 1952), and the CRC-32 of Parquet pages.
#ifndef FORETASTE_CZLIB_H
#define FORETASTE_CZLIB_H
#include <zlib.h>

// The macros that hand over the size of the struct, which Swift does not see.
static inline int foretaste_inflate_init(z_streamp stream, int window_bits) {
  return inflateInit2(stream, window_bits);
}
static inline int foretaste_deflate_init(z_streamp stream, int level, int window_bits) {
  return deflateInit2(stream, level, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
}
#endif
