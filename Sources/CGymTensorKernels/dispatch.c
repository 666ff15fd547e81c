// Which level of vector instructions runs, and the public functions that are loops.
#include <stdatomic.h>
#if defined(__linux__) && defined(__x86_64__)
#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

#include "table.h"

static _Atomic(const struct rg_loops *) chosen;
/// The level that rg_set_isa chose on this thread.
static _Thread_local const struct rg_loops *wanted;

#if defined(__x86_64__)
/// Whether the processor multiplies bf16 in AMX's tiles and the system grants their registers, which it
/// does for the whole process.
static bool may_use_tiles(void) {
#if defined(__linux__)
  enum { request_permission = 0x1023, tile_data = 18 };
  const unsigned bf16_and_tiles = 1u << 22 | 1u << 24;
  unsigned a, b, c, d = 0;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (d & bf16_and_tiles) == bf16_and_tiles &&
         syscall(SYS_arch_prctl, request_permission, tile_data) == 0;
#else
  return false;
#endif
}
#endif

static bool has_level(const struct rg_loops *loops) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (loops == &rg_amx_loops) return has_level(&rg_avx512bf16_loops) && may_use_tiles();
  if (loops == &rg_avx512_loops || loops == &rg_avx512bf16_loops)
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("fma") &&
           (loops == &rg_avx512_loops || __builtin_cpu_supports("avx512bf16"));
  if (loops == &rg_avx2_loops)
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif
  return loops == &rg_baseline_loops;
}

/// Whether a level that the processor has is better than the next. Intel's vectors multiply fewer
/// pairs of bf16 per second than f32: 150 and 235 GFLOP/s on two cores of a Xeon whose tiles were
/// hidden. By name, not by time, so that a resumed run gets the same sums.
static bool is_worthwhile(const struct rg_loops *loops) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  return loops != &rg_avx512bf16_loops || !__builtin_cpu_is("intel");
#else
  return loops != NULL;
#endif
}

/// Best first.
static const struct rg_loops *const levels[] = {
#if defined(__x86_64__)
    &rg_amx_loops, &rg_avx512bf16_loops, &rg_avx512_loops, &rg_avx2_loops,
#endif
    &rg_baseline_loops};
enum { level_count = sizeof levels / sizeof *levels };

const struct rg_loops *rg_loops(void) {
  if (wanted) return wanted;
  const struct rg_loops *loops = atomic_load_explicit(&chosen, memory_order_relaxed);
  if (loops) return loops;
  // Threads that meet here choose the same.
  for (int i = 0; i < level_count && !loops; i++)
    if (has_level(levels[i]) && is_worthwhile(levels[i])) loops = levels[i];
  atomic_store_explicit(&chosen, loops, memory_order_relaxed);
  return loops;
}

const char *rg_isa(void) { return rg_loops()->name; }

bool rg_native_bf16(void) { return rg_loops()->multiplies_bf16; }

bool rg_set_isa(const char *name) {
  if (!name) {
    wanted = NULL;
    return true;
  }
  for (int i = 0; i < level_count; i++) {
    if (strcmp(levels[i]->name, name) != 0 || !has_level(levels[i])) continue;
    wanted = levels[i];
    return true;
  }
  return false;
}

void rg_add(rg_type type, int64_t count, const void *a, const void *b, void *out) {
  rg_loops()->add(type, count, a, b, out);
}

void rg_add3(rg_type type, int64_t count, const void *a, const void *b, const void *c, void *out) {
  rg_loops()->add3(type, count, a, b, c, out);
}

void rg_convert(rg_type from, rg_type to, int64_t count, const void *x, void *out) {
  rg_loops()->convert(from, to, count, x, out);
}

void rg_accumulate(int64_t count, const float *x, float *total) {
  rg_loops()->accumulate(count, x, total);
}

bool rg_all_finite(rg_type type, int64_t count, const void *x) {
  return rg_loops()->all_finite(type, count, x);
}

double rg_sum_of_squares(int64_t count, const float *x) {
  return rg_loops()->sum_of_squares(count, x);
}

void rg_residual_norm(rg_type type, int64_t rows, int64_t d, float epsilon, const void *x,
                      const void *r, void *y, float *inverse) {
  rg_loops()->residual_norm(type, rows, d, epsilon, x, r, y, inverse);
}

void rg_residual_norm_backward(rg_type type, int64_t rows, int64_t d, const void *y,
                               const float *inverse, const void *dy, void *dx) {
  rg_loops()->residual_norm_backward(type, rows, d, y, inverse, dy, dx);
}

void rg_patches(rg_type type, int64_t batch, int64_t rows, int64_t columns, int64_t d,
                const void *x, void *out) {
  rg_loops()->patches(type, batch, rows, columns, d, x, out);
}

void rg_patches_backward(rg_type type, int64_t batch, int64_t rows, int64_t columns, int64_t d,
                         const void *dy, void *dx) {
  rg_loops()->patches_backward(type, batch, rows, columns, d, dy, dx);
}

void rg_relu(rg_type type, int64_t count, const void *x, void *out) {
  rg_loops()->relu(type, count, x, out);
}

void rg_relu_backward(rg_type type, int64_t count, const void *y, const void *dy, void *dx) {
  rg_loops()->relu_backward(type, count, y, dy, dx);
}

void rg_swiglu(rg_type type, int64_t rows, int64_t m, const void *gate_up, void *out) {
  rg_loops()->swiglu(type, rows, m, gate_up, out);
}

void rg_swiglu_backward(rg_type type, int64_t rows, int64_t m, const void *gate_up,
                        const void *d_out, void *d_gate_up) {
  rg_loops()->swiglu_backward(type, rows, m, gate_up, d_out, d_gate_up);
}

void rg_normed_swiglu(rg_type type, int64_t rows, int64_t m, float epsilon, const void *gate_up,
                      void *out) {
  rg_loops()->normed_swiglu(type, rows, m, epsilon, gate_up, out);
}

void rg_normed_swiglu_backward(rg_type type, int64_t rows, int64_t m, float epsilon,
                               const void *gate_up, const void *d_out, void *d_gate_up) {
  rg_loops()->normed_swiglu_backward(type, rows, m, epsilon, gate_up, d_out, d_gate_up);
}

void rg_attention(rg_type type, int64_t batch, int64_t seq, int64_t heads, int64_t head_size,
                  const void *qkv, const float *cosine, const float *sine, void *out,
                  float *log_sums) {
  rg_attention_part(type, 0, batch * heads, seq, heads, head_size, qkv, cosine, sine, out,
                    log_sums);
}

void rg_attention_part(rg_type type, int64_t begin, int64_t end, int64_t seq, int64_t heads,
                       int64_t head_size, const void *qkv, const float *cosine, const float *sine,
                       void *out, float *log_sums) {
  rg_loops()->attention(type, begin, end, seq, heads, head_size, qkv, cosine, sine, out, log_sums);
}

void rg_attention_backward(rg_type type, int64_t batch, int64_t seq, int64_t heads,
                           int64_t head_size, const void *qkv, const float *cosine,
                           const float *sine, const float *log_sums, const void *d_out,
                           void *d_qkv) {
  rg_loops()->attention_backward(type, batch, seq, heads, head_size, qkv, cosine, sine, log_sums,
                                 d_out, d_qkv);
}

void rg_embed(rg_type type, int64_t batch, int64_t cells, int64_t prefix_rows, int64_t d,
              float scale, const int32_t *tokens, const float *table, const float *prefix,
              const float *positions, void *out) {
  rg_loops()->embed(type, batch, cells, prefix_rows, d, scale, tokens, table, prefix, positions,
                    out);
}

void rg_embed_backward(rg_type type, int64_t batch, int64_t cells, int64_t prefix_rows, int64_t d,
                       float scale, const int32_t *tokens, const void *d_out, float *d_table,
                       float *d_prefix, float *d_positions) {
  rg_loops()->embed_backward(type, batch, cells, prefix_rows, d, scale, tokens, d_out, d_table,
                             d_prefix, d_positions);
}

void rg_adam_atan2(int64_t count, float *p, const float *g, float *m, float *v, float rate,
                   float decay, float beta1, float beta2, float correction1, float correction2) {
  rg_loops()->adam_atan2(count, p, g, m, v, rate, decay, beta1, beta2, correction1, correction2);
}

void rg_adamw(int64_t count, float *p, const float *g, float *m, float *v, float rate,
              float decay, float beta1, float beta2, float correction1, float correction2,
              float epsilon) {
  rg_loops()->adamw(count, p, g, m, v, rate, decay, beta1, beta2, correction1, correction2,
                    epsilon);
}

void rg_momentum(int64_t count, const float *g, float *m, float kept, float *out) {
  rg_loops()->momentum(count, g, m, kept, out);
}

void rg_scaled_sum(int64_t count, float a, const float *x, float b, const float *y, float *out) {
  rg_loops()->scaled_sum(count, a, x, b, y, out);
}

void rg_sign_sgd(int64_t count, float *p, const float *g, float rate, float decay) {
  rg_loops()->sign_sgd(count, p, g, rate, decay);
}

void rg_average(int64_t count, float decay, const float *p, float *average) {
  rg_loops()->average(count, decay, p, average);
}
