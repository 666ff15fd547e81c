/// The vector loops and matrix products of the module GymTensors.
///
/// Plain C, row-major, contiguous rows unless a leading dimension says otherwise. Every function
/// is single-threaded and safe to call from several threads at once on disjoint outputs. Storage
/// is f32 or bf16 (`rg_type`); arithmetic and accumulation are f32 unless f64 is stated.
/// Loops are dispatched once, at the first call: AVX-512 with products of bf16 in AMX or in vectors or
/// without, AVX2 with FMA, or baseline.
#ifndef CTENSORKERNELS_H
#define CTENSORKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum { RG_F32 = 0, RG_BF16 = 1 } rg_type;

/// The vector instructions in use: "amx", "avx512bf16", "avx512", "avx2", "neon" or "baseline".
const char *rg_isa(void);
/// Chooses another level for the calling thread, for tests; NULL goes back to the best. Returns
/// false if this CPU lacks it.
bool rg_set_isa(const char *name);
/// Whether this CPU multiplies bf16 itself; else the products of bf16 are made in f32.
bool rg_native_bf16(void);

// ---- Memory ---------------------------------------------------------------------------------

/// Memory of `size` bytes aligned to 64, not initialized, in huge pages if it is large and the
/// system has such; NULL if none is left. rg_release frees it, with the same size.
void *rg_reserve(size_t size);
void rg_release(void *memory, size_t size);

// ---- Matrix products ------------------------------------------------------------------------

/// C[M,N] = op(A)[M,K] · op(B)[K,N] + beta · C, with op(X) = X or Xᵀ as the flags say.
/// lda, ldb, ldc are the strides between stored rows. A and B have type `ab`, C has type `c`
/// (RG_F32 or the same as `ab`). beta is 0 (C is not read) or 1. Scratch memory, if needed, is kept
/// per thread. Returns false, with nothing done, if A is transposed and C is not f32: such sums are cut.
bool rg_matmul(rg_type ab, rg_type c, bool transpose_a, bool transpose_b, int64_t m, int64_t n,
               int64_t k, const void *a, int64_t lda, const void *b, int64_t ldb, float beta,
               void *out, int64_t ldc);

/// A matrix W[N,K] that takes part in many products, packed once: Wᵀ in panels of rg_panel_columns()
/// columns each (the last padded with zeros), of rg_panel_size() f32 per panel, which hold bf16 in pairs
/// if the CPU multiplies those. Gated: N/2 gates, then N/2 ups, of which a panel takes as many of
/// either, for rg_matmul_swiglu. All functions do `count` panels from `first` on, within the whole
/// `panels` and results, so that threads can share the work; all at one level of vector instructions.
void rg_pack_panels(rg_type type, bool gated, int64_t n, int64_t k, const void *w, int64_t first,
                    int64_t count, float *panels);
/// C[M,N] = A[M,K] · Wᵀ, contiguous; A and W of one type.
void rg_matmul_panels(rg_type ab, rg_type c, int64_t m, int64_t n, int64_t k, const void *a,
                      const float *panels, int64_t first, int64_t count, void *out);
/// out[M,N] = silu(gate) ∘ up for (gate, up) [M,2N] = A[M,K] · Wᵀ, W[2N,K] packed gated; also
/// gate_up, unless it is NULL. N is a gate's width; all contiguous and of one type.
void rg_matmul_swiglu(rg_type type, int64_t m, int64_t n, int64_t k, const void *a,
                      const float *panels, int64_t first, int64_t count, void *gate_up, void *out);
/// The columns of a panel, and its size for a depth of k.
int64_t rg_panel_columns(void);
int64_t rg_panel_size(rg_type type, int64_t k);

// ---- Elementwise ----------------------------------------------------------------------------

/// out = a + b, and out = a + b + c; `out` may be one of the inputs.
void rg_add(rg_type type, int64_t count, const void *a, const void *b, void *out);
void rg_add3(rg_type type, int64_t count, const void *a, const void *b, const void *c, void *out);
/// Conversion between storage types (round to nearest even into bf16; NaN stays NaN).
void rg_convert(rg_type from, rg_type to, int64_t count, const void *x, void *out);
/// total += x, in f32.
void rg_accumulate(int64_t count, const float *x, float *total);
/// Whether every value is finite.
bool rg_all_finite(rg_type type, int64_t count, const void *x);
/// The sum of squares.
double rg_sum_of_squares(int64_t count, const float *x);

// ---- Residual and root-mean-square norm --------------------------------------------------------

/// y = (x + r) · inverse, inverse = 1/sqrt(mean((x + r)²) + epsilon) a row. `r` may be NULL (0).
/// x, r, y [rows, d]; inverse [rows] f32 or NULL. y may be x or r.
void rg_residual_norm(rg_type type, int64_t rows, int64_t d, float epsilon, const void *x,
                      const void *r, void *y, float *inverse);
/// dx = inverse · (dy − y · mean(dy ∘ y)) a row; it is the gradient of x and of r. dx may be dy.
void rg_residual_norm_backward(rg_type type, int64_t rows, int64_t d, const void *y,
                               const float *inverse, const void *dy, void *dx);

// ---- Convolution -------------------------------------------------------------------------------

/// The patch of each cell of `batch` grids, x [batch, rows, columns, d] -> out [batch, rows, columns,
/// 9, d]: its neighborhood from the upper left to the lower right, with zeros beyond the border.
void rg_patches(rg_type type, int64_t batch, int64_t rows, int64_t columns, int64_t d,
                const void *x, void *out);
/// dx from that of the patches: each cell's sum over the patches that hold it, in f32.
void rg_patches_backward(rg_type type, int64_t batch, int64_t rows, int64_t columns, int64_t d,
                         const void *dy, void *dx);
/// out = max(x, 0); NaN stays NaN. `out` may be x.
void rg_relu(rg_type type, int64_t count, const void *x, void *out);
/// dx = dy where y, the result, is not 0, otherwise 0. dx may be dy.
void rg_relu_backward(rg_type type, int64_t count, const void *y, const void *dy, void *dx);

// ---- SwiGLU ----------------------------------------------------------------------------------

/// out = silu(gate) ∘ up, with gate_up [rows, 2m] = (gate, up) and out [rows, m].
void rg_swiglu(rg_type type, int64_t rows, int64_t m, const void *gate_up, void *out);
/// d_gate_up [rows, 2m] from gate_up and d_out [rows, m].
void rg_swiglu_backward(rg_type type, int64_t rows, int64_t m, const void *gate_up,
                        const void *d_out, void *d_gate_up);

/// The same with the root-mean-square norm of gate ∘ up before the gate's sigmoid is applied:
/// out = sigmoid(gate) ∘ p / sqrt(mean(p²) + epsilon) with p = gate ∘ up, row by row.
void rg_normed_swiglu(rg_type type, int64_t rows, int64_t m, float epsilon, const void *gate_up,
                      void *out);
void rg_normed_swiglu_backward(rg_type type, int64_t rows, int64_t m, float epsilon,
                               const void *gate_up, const void *d_out, void *d_gate_up);

// ---- Attention ---------------------------------------------------------------------------------

/// Full (non-causal) attention with rotary positions for `batch` sequences.
/// qkv [batch, seq, 3·heads·head_size]: q of all heads, then k, then v. cosine, sine
/// [seq, head_size/2] f32, or NULL for none: the two-halves convention, q and k become
/// x·cos + rotate_half(x)·sin. Scores are scaled by 1/sqrt(head_size).
/// out [batch, seq, heads·head_size]; log_sums [batch, heads, seq] f32 (log of the sum of exps of
/// the scaled scores) or NULL. Queries go in tiles: no [seq, seq] matrix exists for long
/// sequences. Scratch is kept per thread.
void rg_attention(rg_type type, int64_t batch, int64_t seq, int64_t heads, int64_t head_size,
                  const void *qkv, const float *cosine, const float *sine, void *out,
                  float *log_sums);
/// The same for some heads alone: head h of sequence b is number b·heads + h, and those of
/// begin..<end are computed.
void rg_attention_part(rg_type type, int64_t begin, int64_t end, int64_t seq, int64_t heads,
                       int64_t head_size, const void *qkv, const float *cosine, const float *sine,
                       void *out, float *log_sums);
/// d_qkv from qkv, log_sums and d_out; probabilities are computed again, tile by tile.
void rg_attention_backward(rg_type type, int64_t batch, int64_t seq, int64_t heads,
                           int64_t head_size, const void *qkv, const float *cosine,
                           const float *sine, const float *log_sums, const void *d_out,
                           void *d_qkv);

// ---- Embedding -----------------------------------------------------------------------------------

/// out[b, p] = scale · prefix[b, p] for p < prefix_rows, and
/// out[b, prefix_rows + s] = scale · table[tokens[b, s]], each plus scale · positions[row] if
/// positions [prefix_rows + cells, d] is not NULL. prefix [batch, prefix_rows, d] f32 may be NULL
/// if prefix_rows is 0. table [vocabulary, d] f32. Tokens are known to be below vocabulary.
void rg_embed(rg_type type, int64_t batch, int64_t cells, int64_t prefix_rows, int64_t d,
              float scale, const int32_t *tokens, const float *table, const float *prefix,
              const float *positions, void *out);
/// Adds to d_table, d_positions (may be NULL) and writes d_prefix (may be NULL), all f32.
void rg_embed_backward(rg_type type, int64_t batch, int64_t cells, int64_t prefix_rows, int64_t d,
                       float scale, const int32_t *tokens, const void *d_out, float *d_table,
                       float *d_prefix, float *d_positions);

// ---- Losses -----------------------------------------------------------------------------------

typedef enum { RG_SOFTMAX = 0, RG_STABLEMAX = 1 } rg_loss;

/// Cross-entropy of each row, in f64. logits [rows, classes] f32; labels [rows], −100 is ignored
/// (loss 0). losses [rows] f64; predicted [rows] the first greatest logit's index.
/// With smoothing ε the label's share is 1 − ε, and every class, the label's too, has ε / classes more
/// (arXiv 1512.00567). Stablemax: s(x) = x + 1 for x ≥ 0, 1/(1 − x) for x < 0; loss = −log(s_label / Σs).
void rg_cross_entropy(rg_loss kind, double smoothing, int64_t rows, int64_t classes,
                      const float *logits, const int32_t *labels, double *losses,
                      int32_t *predicted);
/// d_logits = weights[row] · ∂loss/∂logits, 0 for ignored rows. May overwrite logits.
void rg_cross_entropy_backward(rg_loss kind, double smoothing, int64_t rows, int64_t classes,
                               const float *logits, const int32_t *labels, const float *weights,
                               float *d_logits);

// ---- Optimizers ----------------------------------------------------------------------------------

/// AdamATan2 with decoupled decay, in one pass: p ← p·(1 − lr·decay); m ← lerp(m, g, 1 − beta1);
/// v ← lerp(v, g², 1 − beta2); p ← p − lr/correction1 · atan2(m, sqrt(v)/sqrt(correction2)).
void rg_adam_atan2(int64_t count, float *p, const float *g, float *m, float *v, float rate,
                   float decay, float beta1, float beta2, float correction1, float correction2);
/// AdamW (arXiv 1711.05101), in one pass: as above, with
/// p ← p − lr/correction1 · m / (sqrt(v)/sqrt(correction2) + epsilon).
void rg_adamw(int64_t count, float *p, const float *g, float *m, float *v, float rate,
              float decay, float beta1, float beta2, float correction1, float correction2,
              float epsilon);
/// Nesterov momentum: m ← lerp(m, g, 1 − kept); out = lerp(g, m, kept).
void rg_momentum(int64_t count, const float *g, float *m, float kept, float *out);
/// out = a·x + b·y; `out` may be one of the inputs.
void rg_scaled_sum(int64_t count, float a, const float *x, float b, const float *y, float *out);
/// p ← p·(1 − rate·decay) − rate · sign(g), with sign(0) = 0.
void rg_sign_sgd(int64_t count, float *p, const float *g, float rate, float decay);
/// average ← decay·average + (1 − decay)·p.
void rg_average(int64_t count, float decay, const float *p, float *average);

#ifdef __cplusplus
}
#endif
#endif
