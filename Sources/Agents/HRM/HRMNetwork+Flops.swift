import NeuralNetworks

extension HRMNetwork {
  public func flops(length: Int) -> SegmentFlops {
    let recorded = configuration.updates.suffix(configuration.recordedUpdates)
    let recall = memory?.flops(length: length) ?? 0
    return SegmentFlops(
      forward: flops(configuration.updates, length) + recall,
      recorded: flops(recorded, length) + recall,
      further: furtherFlops(recorded, length),
      sparedByFirst: outputModule.sparedFlops(length: length))
  }

  /// The operations of some module updates.
  private func flops(
    _ updates: some Sequence<HRMConfiguration.Module>, _ length: Int
  ) -> Double {
    updates.reduce(0) { $0 + (($1 == .high ? high : low)?.flops(length: length) ?? 0) }
  }

  /// The operations of further terms of the implicit gradient. The backward pass of a product with
  /// weights takes one product without their gradient; that of an attention product takes two.
  private func furtherFlops(
    _ recorded: some Sequence<HRMConfiguration.Module>, _ length: Int
  ) -> Double {
    guard case .implicit(let terms) = configuration.gradient, terms > 1 else { return 0 }
    let blocks = recorded.reduce(0) {
      $0 + ($1 == .high ? configuration.highBlocks : configuration.lowBlocks)
    }
    let attention = 4 * Double(length * length * hidden * blocks)
    return Double(terms - 1) * (flops(recorded, length) + attention)
  }
}
