import GymTensors

/// How a step updates parameters from their gradients. Every rule uses decoupled weight decay:
/// parameters are first multiplied by 1 − rate · decay.
public enum UpdateRule: Sendable, Hashable {
  /// AdamATan2 (arXiv 2407.05872): no epsilon, and step sizes independent of the gradient's scale.
  case adamATan2(decay: Double, beta1: Double, beta2: Double)
  /// AdamW (arXiv 1711.05101).
  case adamW(decay: Double, beta1: Double, beta2: Double)
  /// Muon, for matrices only: the Nesterov momentum of the gradient, orthogonalized by five steps
  /// of a Newton-Schulz iteration (Jordan et al. 2024, https://kellerjordan.github.io/posts/muon/).
  /// The rate is multiplied by √max(1, rows / columns), as in `torch.optim.Muon`.
  case muon(decay: Double, momentum: Double)

  /// The epsilon of AdamW, PyTorch's default.
  static let epsilon: Float = 1e-8

  /// The number of f32 tensors in a parameter's state.
  var moments: Int {
    if case .muon = self { 1 } else { 2 }
  }
}

/// Parameters that share an update rule.
public struct ParameterGroup: Sendable {
  /// The update rule.
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
