// Brotli (RFC 7932).
#ifndef FORETASTE_CBROTLI_H
#define FORETASTE_CBROTLI_H
#include <brotli/decode.h>
#include <brotli/encode.h>

#endif
