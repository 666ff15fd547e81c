/// How a step changes parameters by their gradients. Every rule decays weights apart from the
/// gradient: parameters are first multiplied by 1 − rate · decay.
public enum UpdateRule: Sendable, Hashable {
  /// AdamATan2 (arXiv 2407.05872): no epsilon, and steps that do not depend on the gradient's scale.
  case adamATan2(decay: Double, beta1: Double, beta2: Double)
  /// AdamW (arXiv 1711.05101).
  case adamW(decay: Double, beta1: Double, beta2: Double)
  /// Muon, for matrices alone: the Nesterov momentum of the gradient, made orthogonal by five steps
  /// of a Newton-Schulz iteration (Jordan et al. 2024, https://kellerjordan.github.io/posts/muon/).
  /// A step is √max(1, rows / columns) · rate long, as in `torch.optim.Muon`.
  case muon(decay: Double, momentum: Double)

  /// The epsilon of AdamW, PyTorch's default.
  static let epsilon: Float = 1e-8

  /// The number of f32 tensors that a parameter's state has.
  var moments: Int {
    if case .muon = self { 1 } else { 2 }
  }
}

/// Parameters that one rule changes.
public struct ParameterGroup: Sendable {
  /// How they are changed.
  public let rule: UpdateRule
  /// The parameters.
  public let parameters: [Parameter]

  /// A group of parameters.
  ///
  /// - Precondition: Muon's are matrices.
  public init(_ rule: UpdateRule, _ parameters: [Parameter]) {
    if case .muon = rule {
      precondition(parameters.allSatisfy { $0.value.shape.rank == 2 }, "Muon steps matrices")
    }
    (self.rule, self.parameters) = (rule, parameters)
  }
}
