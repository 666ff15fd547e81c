import Foundation
import Gym

/// The SHA-256 of predictions: of their canonical lines in the order of the puzzles, without
/// missing ones.
package struct PredictionsHash {
  private var hasher: SHA256
  private let parser: PredictionParser

  package init(_ parser: PredictionParser) throws {
    (hasher, self.parser) = (try SHA256(), parser)
  }

  package mutating func add(_ prediction: Prediction?, index: Int) throws {
    guard let prediction else { return }
    hasher.update(try parser.canonicalLine(prediction, index: index))
  }

  /// The hash in hexadecimal.
  package var text: String { Hexadecimal.text(hasher.finalize()) }
}
