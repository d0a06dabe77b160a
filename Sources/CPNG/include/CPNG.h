// libpng behind functions that return their errors. libpng itself leaves by longjmp, which must not cross a frame of
// Swift; here it crosses none but libpng's own.
#ifndef FORETASTE_CPNG_H
#define FORETASTE_CPNG_H
#include <stddef.h>
#include <stdint.h>

enum cpng_status { CPNG_OK = 0, CPNG_DAMAGED = 1, CPNG_OUT_OF_MEMORY = 2 };

/// A picture that is being read.
typedef struct cpng_reader cpng_reader;

/// Reads everything up to the pixels.
/// - Parameters:
///   - data: must stay in place until `cpng_close`.
///   - max_side, width and height above which nothing is read.
///   - channels: 1 gray, 2 gray and opacity, 3 red-green-blue, 4 with opacity; 8 bits each.
/// - Returns: NULL with a message where that failed.
cpng_reader *cpng_open(const uint8_t *data, size_t size, uint32_t max_side, uint32_t *width, uint32_t *height,
                       int *channels, int *status, char *message, size_t message_size);

/// Writes the pixels row by row; `size` must be width * height * channels.
int cpng_read(cpng_reader *reader, uint8_t *pixels, size_t size, char *message, size_t message_size);

void cpng_close(cpng_reader *reader);

/// A PNG file of 8-bit gray (`channels` 1) or red-green-blue (3) pixels, which `cpng_free` gives back; NULL where
/// there is no memory for it.
uint8_t *cpng_write(const uint8_t *pixels, uint32_t width, uint32_t height, int channels, size_t *size);
void cpng_free(uint8_t *bytes);
#endif
