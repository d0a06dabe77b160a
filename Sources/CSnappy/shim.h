// Snappy, by its C interface.
#ifndef FORETASTE_CSNAPPY_H
#define FORETASTE_CSNAPPY_H
#include <snappy-c.h>

#endif
