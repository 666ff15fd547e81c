import Gym

/// Predictions as the compact bytes that a board stores, for one run of puzzles at a time.
///
/// A prediction is a byte that says what follows (0 for a puzzle without one), then the segments,
/// then whichever of these are present, in this order: the packed answer, the confidence (8 bytes),
/// the failure (length, UTF-8), the thoughts (count, packed answers), the tokens.
package struct PredictionCodec: Sendable {
  private struct Parts: OptionSet {
    let rawValue: UInt8
    static let isThere = Parts(rawValue: 1)
    static let answer = Parts(rawValue: 2)
    static let confidence = Parts(rawValue: 4)
    static let failure = Parts(rawValue: 8)
    static let thoughts = Parts(rawValue: 16)
    static let tokens = Parts(rawValue: 32)
  }

  private let packing: TokenPacking

  package init(_ packing: TokenPacking) {
    self.packing = packing
  }

  /// The bytes of consecutive predictions.
  package func bytes(_ predictions: some Sequence<Prediction?>) -> [UInt8] {
    var bytes: [UInt8] = []
    for prediction in predictions {
      guard let prediction else {
        bytes.append(0)
        continue
      }
      append(prediction, to: &bytes)
    }
    return bytes
  }

  private func append(_ prediction: Prediction, to bytes: inout [UInt8]) {
    var parts: Parts = .isThere
    if prediction.answer != nil { parts.insert(.answer) }
    if prediction.confidence != nil { parts.insert(.confidence) }
    if prediction.failure != nil { parts.insert(.failure) }
    if !prediction.thoughts.isEmpty { parts.insert(.thoughts) }
    if prediction.cost.tokens > 0 { parts.insert(.tokens) }
    bytes.append(parts.rawValue)
    bytes.append(integer: prediction.segments)
    if let answer = prediction.answer { packing.append(answer, to: &bytes) }
    if let confidence = prediction.confidence { bytes.append(double: confidence) }
    if let failure = prediction.failure {
      bytes.append(integer: failure.utf8.count)
      bytes += failure.utf8
    }
    if !prediction.thoughts.isEmpty {
      bytes.append(integer: prediction.thoughts.count)
      for thought in prediction.thoughts { packing.append(thought, to: &bytes) }
    }
    if prediction.cost.tokens > 0 { bytes.append(integer: prediction.cost.tokens) }
  }

  /// The `count` predictions in bytes.
  ///
  /// - Throws: a `GymError` if the bytes were not written by `bytes`.
  package func predictions(_ bytes: [UInt8], count: Int) throws -> [Prediction?] {
    var reader = ByteReader(bytes)
    let predictions = try (0..<count).map { _ in try next(&reader) }
    guard reader.isAtEnd else { throw ByteReader.damaged }
    return predictions
  }

  private func next(_ reader: inout ByteReader) throws -> Prediction? {
    let parts = Parts(rawValue: try reader.byte())
    guard parts.contains(.isThere) else { return nil }
    var prediction = Prediction(answer: nil, segments: try reader.integer())
    if parts.contains(.answer) {
      prediction.answer = packing.tokens(try reader.bytes(packing.byteCount))
    }
    if parts.contains(.confidence) { prediction.confidence = try reader.double() }
    if parts.contains(.failure) {
      let text = try reader.bytes(reader.integer())
      prediction.failure = String(decoding: text, as: UTF8.self)
    }
    if parts.contains(.thoughts) {
      let count = try reader.integer()
      guard count <= PredictionParser.maximumSegments else { throw ByteReader.damaged }
      for _ in 0..<count {
        prediction.thoughts.append(packing.tokens(try reader.bytes(packing.byteCount)))
      }
    }
    if parts.contains(.tokens) { prediction.cost.tokens = try reader.integer() }
    return prediction
  }
}
