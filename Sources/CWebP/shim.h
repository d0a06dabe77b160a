// libwebp's decoder.
#ifndef FORETASTE_CWEBP_H
#define FORETASTE_CWEBP_H
#include <webp/decode.h>
#endif
