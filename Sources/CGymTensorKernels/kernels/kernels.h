// All loops at one level, and their table. The including file defines WIDTH, LEVEL_TABLE (the
// table's symbol) and LEVEL_NAME.
#include "vectors.h"

#include "functions.h"

#include "convolution.h"
#include "elementwise.h"
#include "embedding.h"
#include "norm.h"
#include "optimizer.h"
#include "product.h"
#include "swiglu.h"

#include "matmul.h"

#include "tiles.h"

#include "matmul_tiles.h"

#include "attention.h"
#include "attention_backward.h"

const struct rg_loops LEVEL_TABLE = {
    .name = LEVEL_NAME,
    .multiplies_bf16 = MULTIPLIES_BF16,
    .panel = PANEL,
    .depth_step = MULTIPLIES_TILES ? TILE_SIDE : 1,
    .pack = pack,
    .matmul = matmul,
    .add = add,
    .add3 = add3,
    .convert = convert,
    .accumulate = accumulate,
    .all_finite = all_finite,
    .sum_of_squares = sum_of_squares,
    .residual_norm = residual_norm,
    .residual_norm_backward = residual_norm_backward,
    .patches = patches,
    .patches_backward = patches_backward,
    .relu = relu,
    .relu_backward = relu_backward,
    .swiglu = swiglu,
    .swiglu_backward = swiglu_backward,
    .normed_swiglu = normed_swiglu,
    .normed_swiglu_backward = normed_swiglu_backward,
    .attention = attention,
    .attention_backward = attention_backward,
    .embed = embed,
    .embed_backward = embed_backward,
    .adam_atan2 = adam_atan2,
    .adamw = adamw,
    .momentum = momentum,
    .scaled_sum = scaled_sum,
    .sign_sgd = sign_sgd,
    .average = average,
};
