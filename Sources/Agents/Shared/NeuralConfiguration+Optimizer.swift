import Gym
import NeuralNetworks

extension NeuralConfiguration {
  /// The groups of parameters that the optimizer steps, in the order of the rates in `rates`.
  ///
  /// - Parameters:
  ///   - matrices: those of the network's blocks.
  ///   - others: every other parameter.
  ///   - all: both, in the model's order.
  func parameterGroups(
    matrices: [Parameter], others: [Parameter], all: [Parameter]
  ) -> [ParameterGroup] {
    switch optimizer {
    case .adamATan2:
      [ParameterGroup(.adamATan2(decay: decay, beta1: beta1, beta2: beta2), all)]
    case .adamW:
      [ParameterGroup(.adamW(decay: decay, beta1: beta1, beta2: beta2), all)]
    case .muon:
      [
        ParameterGroup(.adamW(decay: decay, beta1: beta1, beta2: beta2), others),
        ParameterGroup(.muon(decay: matrixDecay, momentum: momentum), matrices),
      ]
    }
  }

  /// The learning rate of each group at a step, counted from 1, when a share of the budget was used
  /// before it.
  func rates(step: Int, progress: Double) -> [Double] {
    (optimizer == .muon ? [rate, matrixRate] : [rate]).map {
      rate($0, step: step, progress: progress)
    }
  }
}
