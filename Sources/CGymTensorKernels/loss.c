// Cross-entropy in f64, row by row: few rows and classes, so plain loops.
#include <math.h>

#include "include/CGymTensorKernels.h"

enum { ignored = -100 };

static bool is_label(int32_t label, int64_t classes) { return label >= 0 && label < classes; }

/// The stablemax weight of a logit.
static double weight(double x) { return x >= 0 ? x + 1 : 1 / (1 - x); }

/// log(weight(x)), without loss near 0.
static double log_weight(double x) { return x >= 0 ? log1p(x) : -log1p(-x); }

static double greatest(int64_t classes, const float *x) {
  double top = x[0];
  for (int64_t j = 1; j < classes; j++)
    if (x[j] > top) top = x[j];
  return top;
}

/// The share of the target that each class gets.
static double spread(double smoothing, int64_t classes) { return smoothing / (double)classes; }

/// −Σ target · log(probability), the target being 1 − smoothing at the label and the spread
/// everywhere.
static double row_loss(rg_loss kind, double smoothing, int64_t classes, const float *x,
                       int32_t label) {
  const double each = spread(smoothing, classes);
  double sum = 0, logs = 0, chosen;
  if (kind == RG_STABLEMAX) {
    for (int64_t j = 0; j < classes; j++) {
      sum += weight(x[j]);
      if (each != 0) logs += log_weight(x[j]);
    }
    chosen = log_weight(x[label]);
  } else {
    const double top = greatest(classes, x);
    for (int64_t j = 0; j < classes; j++) {
      sum += exp(x[j] - top);
      logs += x[j] - top;
    }
    chosen = x[label] - top;
  }
  return log(sum) - (1 - smoothing) * chosen - each * logs;
}

void rg_cross_entropy(rg_loss kind, double smoothing, int64_t rows, int64_t classes,
                      const float *logits, const int32_t *labels, double *losses,
                      int32_t *predicted) {
  for (int64_t row = 0; row < rows; row++) {
    const float *x = logits + row * classes;
    int32_t best = 0;
    for (int64_t j = 1; j < classes; j++)
      if (x[j] > x[best]) best = (int32_t)j;
    predicted[row] = best;
    // A label that is no class must not pass unseen: its loss is NaN.
    losses[row] = labels[row] == ignored ? 0
                  : is_label(labels[row], classes)
                      ? row_loss(kind, smoothing, classes, x, labels[row])
                      : NAN;
  }
}

void rg_cross_entropy_backward(rg_loss kind, double smoothing, int64_t rows, int64_t classes,
                               const float *logits, const int32_t *labels, const float *weights,
                               float *d_logits) {
  const double each = spread(smoothing, classes);
  for (int64_t row = 0; row < rows; row++) {
    const float *x = logits + row * classes;
    float *dx = d_logits + row * classes;
    const int32_t label = labels[row];
    if (!is_label(label, classes)) {
      for (int64_t j = 0; j < classes; j++) dx[j] = label == ignored ? 0 : NAN;
      continue;
    }
    const double factor = weights[row];
    double sum = 0;
    if (kind == RG_STABLEMAX) {
      for (int64_t j = 0; j < classes; j++) sum += weight(x[j]);
      for (int64_t j = 0; j < classes; j++) {
        // s′(x) = 1 for x ≥ 0 and s(x)² below; s′/s = 1/s or s.
        const double s = weight(x[j]);
        const double slope = x[j] >= 0 ? 1 : s * s;
        const double target = (j == label ? 1 - smoothing : 0) + each;
        dx[j] = (float)(factor * (slope / sum - target * slope / s));
      }
    } else {
      const double top = greatest(classes, x);
      for (int64_t j = 0; j < classes; j++) sum += exp(x[j] - top);
      for (int64_t j = 0; j < classes; j++) {
        const double target = (j == label ? 1 - smoothing : 0) + each;
        dx[j] = (float)(factor * (exp(x[j] - top) / sum - target));
      }
    }
  }
}
