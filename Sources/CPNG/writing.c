#include "CPNG.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

uint8_t *cpng_write(const uint8_t *pixels, uint32_t width, uint32_t height, int channels, size_t *size) {
  // The simplified interface of libpng 1.6 keeps its longjmp to itself.
  png_image image;
  memset(&image, 0, sizeof image);
  image.version = PNG_IMAGE_VERSION;
  image.width = width;
  image.height = height;
  image.format = channels == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
  // The bound of an uncompressed stream, so that one pass is enough.
  png_alloc_size_t room = PNG_IMAGE_PNG_SIZE_MAX(image);
  uint8_t *bytes = malloc(room);
  if (!bytes) return NULL;
  if (!png_image_write_to_memory(&image, bytes, &room, 0, pixels, 0, NULL)) {
    free(bytes);
    return NULL;
  }
  *size = room;
  return bytes;
}

void cpng_free(uint8_t *bytes) { free(bytes); }
