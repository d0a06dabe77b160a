// Zstandard (RFC 8878).
#ifndef FORETASTE_CZSTD_H
#define FORETASTE_CZSTD_H
#include <zstd.h>
#include <zstd_errors.h>

#endif
