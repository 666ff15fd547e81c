// Optimizer steps, each one pass over memory.

static void adam_atan2(int64_t count, float *p, const float *g, float *m, float *v, float rate,
                       float decay, float beta1, float beta2, float correction1,
                       float correction2) {
  const float kept = 1 - rate * decay;
  const float step = rate / correction1;
  const float root = 1 / sqrtf(correction2);
  FOR_VECTORS(i, n, count, {
    const vec gradient = load(RG_F32, g, i, n);
    vec first = load(RG_F32, m, i, n);
    vec second = load(RG_F32, v, i, n);
    first += (gradient - first) * (1 - beta1);
    second += (gradient * gradient - second) * (1 - beta2);
    store(RG_F32, m, i, n, first);
    store(RG_F32, v, i, n, second);
    const vec angle = atan2_right(first, sqrt_of(second) * root);
    store(RG_F32, p, i, n, load(RG_F32, p, i, n) * kept - angle * step);
  })
}

static void adamw(int64_t count, float *p, const float *g, float *m, float *v, float rate,
                  float decay, float beta1, float beta2, float correction1, float correction2,
                  float epsilon) {
  const float kept = 1 - rate * decay;
  const float step = rate / correction1;
  const float root = 1 / sqrtf(correction2);
  FOR_VECTORS(i, n, count, {
    const vec gradient = load(RG_F32, g, i, n);
    vec first = load(RG_F32, m, i, n);
    vec second = load(RG_F32, v, i, n);
    first += (gradient - first) * (1 - beta1);
    second += (gradient * gradient - second) * (1 - beta2);
    store(RG_F32, m, i, n, first);
    store(RG_F32, v, i, n, second);
    const vec change = first / (sqrt_of(second) * root + epsilon);
    store(RG_F32, p, i, n, load(RG_F32, p, i, n) * kept - change * step);
  })
}

static void momentum(int64_t count, const float *g, float *m, float kept, float *out) {
  FOR_VECTORS(i, n, count, {
    const vec gradient = load(RG_F32, g, i, n);
    vec mean = load(RG_F32, m, i, n);
    mean += (gradient - mean) * (1 - kept);
    store(RG_F32, m, i, n, mean);
    store(RG_F32, out, i, n, gradient + (mean - gradient) * kept);
  })
}

static void scaled_sum(int64_t count, float a, const float *x, float b, const float *y,
                       float *out) {
  FOR_VECTORS(i, n, count, {
    store(RG_F32, out, i, n, load(RG_F32, x, i, n) * a + load(RG_F32, y, i, n) * b);
  })
}

static void sign_sgd(int64_t count, float *p, const float *g, float rate, float decay) {
  const float kept = 1 - rate * decay;
  FOR_VECTORS(i, n, count, {
    const vec gradient = load(RG_F32, g, i, n);
    // Zero and NaN are their own sign.
    const vec sign = abs_of(gradient) > 0 ? copy_sign(splat(1), gradient) : gradient;
    store(RG_F32, p, i, n, load(RG_F32, p, i, n) * kept - sign * rate);
  })
}

static void average(int64_t count, float decay, const float *p, float *mean) {
  FOR_VECTORS(i, n, count, {
    const vec value = load(RG_F32, mean, i, n) * decay + load(RG_F32, p, i, n) * (1 - decay);
    store(RG_F32, mean, i, n, value);
  })
}
