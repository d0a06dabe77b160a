// The weights that `foretaste fit` wrote, as the bytes of a JSON file: in the program, which is one file. In C, whose
// compiler takes a file in at once (`#embed`, C23); as an array literal of Swift it takes a minute.
#ifndef FORETASTE_CFUSIONWEIGHTS_H
#define FORETASTE_CFUSIONWEIGHTS_H
#include <stddef.h>
/// - Parameter size: where their number goes.
const unsigned char *fusion_weights(size_t *size);
#endif
