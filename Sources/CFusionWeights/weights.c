#include "CFusionWeights.h"

static const unsigned char json[] = {
#embed "fusion-weights.json"
};

const unsigned char *fusion_weights(size_t *size) {
  *size = sizeof json;
  return json;
}
