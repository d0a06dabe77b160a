#include "CPNG.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

struct cpng_reader {
  png_structp png;
  png_infop info;
  const uint8_t *data;
  size_t size;
  size_t position;
  int status;
  char message[96];
};

static void on_error(png_structp png, png_const_charp text) {
  cpng_reader *reader = png_get_error_ptr(png);
  // A failed allocation has said so already (`on_allocate`).
  if (reader->status != CPNG_OUT_OF_MEMORY) reader->status = CPNG_DAMAGED;
  strncpy(reader->message, text ? text : "", sizeof reader->message - 1);
  png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

static png_voidp on_allocate(png_structp png, png_alloc_size_t size) {
  cpng_reader *reader = png_get_mem_ptr(png);
  void *memory = malloc(size);
  if (!memory) reader->status = CPNG_OUT_OF_MEMORY;
  return memory;
}

static void on_release(png_structp png, png_voidp memory) {
  (void)png;
  free(memory);
}

static void on_read(png_structp png, png_bytep target, size_t count) {
  cpng_reader *reader = png_get_io_ptr(png);
  if (count > reader->size - reader->position) png_error(png, "the file ends too early");
  memcpy(target, reader->data + reader->position, count);
  reader->position += count;
}

// What a picture means without: gamma and color profiles are left out, as the loaders of training data leave them
// out, and texts are never unpacked. Of the ancillary chunks tRNS alone is read.
static const png_byte ignored_chunks[] = {
    'b', 'K', 'G', 'D', 0, 'c', 'H', 'R', 'M', 0, 'e', 'X', 'I', 'f', 0, 'g', 'A', 'M', 'A', 0,
    'h', 'I', 'S', 'T', 0, 'i', 'C', 'C', 'P', 0, 'i', 'T', 'X', 't', 0, 'o', 'F', 'F', 's', 0,
    'p', 'C', 'A', 'L', 0, 'p', 'H', 'Y', 's', 0, 's', 'B', 'I', 'T', 0, 's', 'C', 'A', 'L', 0,
    's', 'P', 'L', 'T', 0, 's', 'R', 'G', 'B', 0, 't', 'E', 'X', 't', 0, 't', 'I', 'M', 'E', 0,
    'z', 'T', 'X', 't', 0};

static void copy_message(const cpng_reader *reader, char *message, size_t message_size) {
  if (message_size == 0) return;
  strncpy(message, reader->message, message_size - 1);
  message[message_size - 1] = 0;
}

static int read_header(cpng_reader *reader, uint32_t max_side) {
  if (setjmp(png_jmpbuf(reader->png))) return reader->status;
  png_structp png = reader->png;
  png_set_read_fn(png, reader, on_read);
  png_set_user_limits(png, max_side, max_side);
  png_set_chunk_malloc_max(png, 1 << 20);
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, ignored_chunks, sizeof ignored_chunks / 5);
  png_read_info(png, reader->info);
  png_set_expand(png);
  // The high byte, as Pillow and OpenCV take it.
  png_set_strip_16(png);
  png_set_interlace_handling(png);
  png_read_update_info(png, reader->info);
  return CPNG_OK;
}

cpng_reader *cpng_open(const uint8_t *data, size_t size, uint32_t max_side, uint32_t *width, uint32_t *height,
                       int *channels, int *status, char *message, size_t message_size) {
  *status = CPNG_OUT_OF_MEMORY;
  if (message_size > 0) message[0] = 0;
  cpng_reader *reader = calloc(1, sizeof *reader);
  if (!reader) return NULL;
  reader->data = data;
  reader->size = size;
  reader->png = png_create_read_struct_2(PNG_LIBPNG_VER_STRING, reader, on_error, on_warning, reader, on_allocate,
                                         on_release);
  if (reader->png) reader->info = png_create_info_struct(reader->png);
  if (!reader->info) {
    cpng_close(reader);
    return NULL;
  }
  *status = read_header(reader, max_side);
  if (*status != CPNG_OK) {
    copy_message(reader, message, message_size);
    cpng_close(reader);
    return NULL;
  }
  *width = png_get_image_width(reader->png, reader->info);
  *height = png_get_image_height(reader->png, reader->info);
  *channels = png_get_channels(reader->png, reader->info);
  return reader;
}

int cpng_read(cpng_reader *reader, uint8_t *pixels, size_t size, char *message, size_t message_size) {
  if (setjmp(png_jmpbuf(reader->png))) {
    copy_message(reader, message, message_size);
    return reader->status;
  }
  png_structp png = reader->png;
  size_t row_size = png_get_rowbytes(png, reader->info);
  size_t height = png_get_image_height(png, reader->info);
  if (height == 0 || row_size != size / height || size % height != 0) png_error(png, "the sizes disagree");
  // Repeated for each of the seven passes of an interlaced picture, each of which adds to the rows.
  int passes = png_get_interlace_type(png, reader->info) == PNG_INTERLACE_NONE ? 1 : 7;
  for (int pass = 0; pass < passes; pass++) {
    for (size_t row = 0; row < height; row++) png_read_row(png, pixels + row * row_size, NULL);
  }
  return CPNG_OK;
}

void cpng_close(cpng_reader *reader) {
  if (reader->png) png_destroy_read_struct(&reader->png, &reader->info, NULL);
  free(reader);
}
