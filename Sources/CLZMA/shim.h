// liblzma: the .xz format.
#ifndef FORETASTE_CLZMA_H
#define FORETASTE_CLZMA_H
#include <lzma.h>

// The macro that fills an empty stream, which Swift does not see.
static inline lzma_stream foretaste_lzma_stream(void) {
  lzma_stream stream = LZMA_STREAM_INIT;
  return stream;
}
#endif
