// Vectorised functions. Polynomials are minimax fits; coefficients are rounded to f32.

/// Powers below 2⁻¹⁰⁰ come out as 2⁻¹⁰⁰, so that neither they nor their products with gradients are
/// denormal numbers, which some processors are slow with.
#define SMALLEST_EXPONENT (-100.0f)
/// ln 2 in two parts: the upper one times any exponent is exact.
#define LN2_UPPER 0x1.62e4p-1f
#define LN2_LOWER 0x1.7f7d1cp-20f
#define LN2 0x1.62e430p-1f
#define LOG2_E 0x1.715476p0f

#if WIDTH == 16

/// The greater of both; NaN if x is NaN.
INLINE vec at_least(float bound, vec x) { return (vec)_mm512_max_ps((__m512)splat(bound), (__m512)x); }
INLINE vec at_most(float bound, vec x) { return (vec)_mm512_min_ps((__m512)splat(bound), (__m512)x); }
INLINE vec to_nearest(vec x) {
  return (vec)_mm512_roundscale_ps((__m512)x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}
/// x · 2ᵏ for whole k.
INLINE vec times_power(vec x, vec k) { return (vec)_mm512_scalef_ps((__m512)x, (__m512)k); }

/// 2ˣ for x < 128, and at least 2⁻¹⁰⁰. NaN stays NaN. The relative error of the polynomial is 2e-9,
/// or 8e-5 if that is enough: `rough`, for results that become bf16 (2⁻⁹).
INLINE vec exp2_of(const bool rough, vec x) {
  x = at_least(SMALLEST_EXPONENT, x);
#if MULTIPLIES_TILES
  // What is left of x − ⌊x⌋ in one instruction, which is faster on the processors that have tiles.
  if (rough) {
    const vec r = (vec)_mm512_reduce_ps((__m512)x, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC);
    const vec q = (0x1.3f96a4p-4f * r + 0x1.cefc4cp-3f) * r + 0x1.64444ap-1f;
    return times_power(q * r + 0x1.fff632p-1f, x);
  }
#endif
  const vec k = to_nearest(x);
  const vec r = x - k;
  if (rough) {
    const vec q = (0x1.c3f760p-5f * r + 0x1.f0de1ap-3f) * r + 0x1.62f31ap-1f;
    return times_power(q * r + 0x1.fff692p-1f, k);
  }
  vec q = 0x1.41d334p-13f * r + 0x1.5f456ap-10f;
  q = q * r + 0x1.3b2dbcp-7f;
  q = q * r + 0x1.c6aed4p-5f;
  q = q * r + 0x1.ebfbdap-3f;
  q = q * r + 0x1.62e430p-1f;
  return times_power(q * r + 1, k);
}

/// 1 + e⁻ˣ, with x below −87 taken as −87: x / this is silu(x), 1 / this the sigmoid.
INLINE vec one_plus_exp_minus(const bool rough, vec x) {
  if (rough) return 1 + exp2_of(true, at_most(126, x * -LOG2_E));
  x = at_most(87, -x);
  x = at_least(-87, x);
  const vec k = to_nearest(x * LOG2_E);
  const vec r = (x - k * LN2_UPPER) - k * LN2_LOWER;
  vec q = 0x1.6ab980p-10f * r + 0x1.126d0cp-7f;
  q = q * r + 0x1.55589ap-5f;
  q = q * r + 0x1.55540ap-3f;
  q = q * r + 0x1.fffffap-2f;
  q = q * r + 1;
  return 1 + times_power(q * r + 1, k);
}

/// y / x; with a relative error of 2⁻¹⁴ if that is enough.
INLINE vec quotient(const bool rough, vec y, vec x) {
  return rough ? y * (vec)_mm512_rcp14_ps((__m512)x) : y / x;
}

#else

/// eʳ · 2ᵏ for |r| ≤ ln(2)/2, with k in the lower bits of `shifted` = 1.5·2²³ + k. The relative
/// error of the polynomial is 3e-9; its terms are grouped for a short chain of dependences.
INLINE vec exp_of_parts(vec r, vec shifted) {
  const vec z = r * r;
  const vec upper = 0x1.6a243ap-10f * z + (0x1.1239e0p-7f * r + 0x1.5558f2p-5f);
  const vec lower = 0x1.555492p-3f * r + 0x1.fffffcp-2f;
  const vec q = upper * z + lower;
  const vec power = (vec)(((words)shifted << 23) + 0x3f800000);
  return (q * z + (r + 1)) * power;
}

/// eˣ for x ≤ 88, and at least 2⁻¹⁰⁰. NaN stays NaN.
INLINE vec exp_of(vec x) {
  x = x < SMALLEST_EXPONENT * LN2 ? SMALLEST_EXPONENT * LN2 : x;
  const vec shifted = x * LOG2_E + 0x1.8p23f;
  const vec k = shifted - 0x1.8p23f;
  const vec r = (x - k * LN2_UPPER) - k * LN2_LOWER;
  return exp_of_parts(r, shifted);
}

/// 2ˣ for x < 128, and at least 2⁻¹⁰⁰. NaN stays NaN. Where a rough result is enough, it is no
/// faster here.
INLINE vec exp2_of(const bool rough, vec x) {
  (void)rough;
  x = x < SMALLEST_EXPONENT ? SMALLEST_EXPONENT : x;
  const vec shifted = x + 0x1.8p23f;
  const vec r = (x - (shifted - 0x1.8p23f)) * LN2;
  return exp_of_parts(r, shifted);
}

/// 1 + e⁻ˣ, with x below −88 taken as −88: x / this is silu(x), 1 / this the sigmoid.
INLINE vec one_plus_exp_minus(const bool rough, vec x) {
  (void)rough;
  x = x < -88 ? -88 : x;
  return 1 + exp_of(-x);
}

/// y / x.
INLINE vec quotient(const bool rough, vec y, vec x) {
  (void)rough;
  return y / x;
}

#endif

/// atan2(y, x) for x ≥ 0. Relative error of the polynomial: 2e-8.
INLINE vec atan2_right(vec y, vec x) {
  const vec height = abs_of(y);
  const vec smaller = height < x ? height : x;
  const vec larger = height < x ? x : height;
  // Equal ones (infinite ones too) have the ratio 1, but zeros 0; a NaN is in one of the two.
  const vec equal = larger == 0 ? splat(0) : splat(1);
  const vec t = smaller == larger ? equal : smaller / larger;
  const vec z = t * t;
  vec q = 0x1.7ed20cp-9f * z - 0x1.0c2c02p-6f;
  q = q * z + 0x1.61fdcap-5f;
  q = q * z - 0x1.3556b0p-4f;
  q = q * z + 0x1.b4e128p-4f;
  q = q * z - 0x1.230adcp-3f;
  q = q * z + 0x1.9978f4p-3f;
  q = q * z - 0x1.5554dcp-2f;
  vec angle = q * z * t + t;
  angle = height > x ? (0x1.921fb6p0f - angle) : angle;
  return copy_sign(angle, y);
}
