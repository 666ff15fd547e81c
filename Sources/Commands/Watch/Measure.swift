import ArgumentParser
import JSON

/// A number of `metrics.jsonl` that can be drawn over training.
enum Measure: String, ExpressibleByArgument, CaseIterable {
  case exactAccuracy = "exact-accuracy"
  case cellAccuracy = "cell-accuracy"
  case validation
  case loss
  case segments
  case learningRate = "learning-rate"

  /// The title of its curves.
  var title: String {
    switch self {
    case .exactAccuracy: "training puzzles solved completely"
    case .cellAccuracy: "cells right, of training puzzles"
    case .validation: "validation puzzles solved completely"
    case .loss: "loss"
    case .segments: "segments a training puzzle"
    case .learningRate: "learning rate"
    }
  }

  /// Whether its values are shares from 0 to 1.
  var isShare: Bool {
    switch self {
    case .exactAccuracy, .cellAccuracy, .validation: true
    case .loss, .segments, .learningRate: false
    }
  }

  /// Its value in a line; nil if the line has none.
  func value(in line: JSON) -> Double? {
    switch self {
    case .validation: line["validation"]?["exact"]?["accuracy"]?.number
    default: line[rawValue]?.number
    }
  }
}

/// The unit that curves are drawn over.
enum WatchAxis: String, ExpressibleByArgument, CaseIterable {
  case steps, minutes, flops

  /// The title of the axis.
  var title: String {
    switch self {
    case .steps: "training steps"
    case .minutes: "minutes of training"
    case .flops: "floating-point operations of training"
    }
  }
}
