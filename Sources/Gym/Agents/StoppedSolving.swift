/// The error of an agent that was stopped while solving, with the answers that it had by then.
public struct StoppedSolving: Error, Sendable, Hashable {
  /// The predictions in the order of the questions; nil for those not answered yet. Each is what an
  /// agent that was not stopped would have given.
  public let predictions: [Prediction?]

  /// An error with the predictions so far.
  public init(_ predictions: [Prediction?]) {
    self.predictions = predictions
  }
}
