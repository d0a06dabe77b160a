// LZ4: blocks and frames.
#ifndef FORETASTE_CLZ4_H
#define FORETASTE_CLZ4_H
#include <lz4.h>
#include <lz4frame.h>

#endif
