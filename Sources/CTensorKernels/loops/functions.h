// Vectorised functions. Polynomials are minimax fits; coefficients are rounded to f32.

/// Powers below 2⁻¹²⁶ come out as 2⁻¹²⁶, so that no step sees denormal numbers.
#define SMALLEST_EXPONENT (-126.0f)
/// ln 2 in two parts: the upper one times any exponent is exact.
#define LN2_UPPER 0x1.62e4p-1f
#define LN2_LOWER 0x1.7f7d1cp-20f
#define LN2 0x1.62e430p-1f
#define LOG2_E 0x1.715476p0f

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

/// eˣ for x ≤ 88, and at least 2⁻¹²⁶. NaN stays NaN.
INLINE vec exp_of(vec x) {
  x = x < SMALLEST_EXPONENT * LN2 ? SMALLEST_EXPONENT * LN2 : x;
  const vec shifted = x * LOG2_E + 0x1.8p23f;
  const vec k = shifted - 0x1.8p23f;
  const vec r = (x - k * LN2_UPPER) - k * LN2_LOWER;
  return exp_of_parts(r, shifted);
}

/// 2ˣ for x < 128, and at least 2⁻¹²⁶. NaN stays NaN.
INLINE vec exp2_of(vec x) {
  x = x < SMALLEST_EXPONENT ? SMALLEST_EXPONENT : x;
  const vec shifted = x + 0x1.8p23f;
  const vec r = (x - (shifted - 0x1.8p23f)) * LN2;
  return exp_of_parts(r, shifted);
}

/// 1 + e⁻ˣ, with x below −88 taken as −88: x / this is silu(x), 1 / this the sigmoid.
INLINE vec one_plus_exp_minus(vec x) {
  x = x < -88 ? -88 : x;
  return 1 + exp_of(-x);
}

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
