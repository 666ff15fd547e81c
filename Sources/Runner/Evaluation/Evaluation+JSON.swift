import JSON

extension Evaluation {
  /// The parameters of the evaluation, so that it can be repeated.
  public var json: JSON {
    [
      "split": .string(split.name), "puzzles": JSON(count),
      "sample-seed": sampleSeed.map { .string("\($0)") } ?? .null,
      "segments": options.segments.map { JSON($0) } ?? .null,
      "halts": .bool(options.halts),
      "minimum-segments": JSON(options.minimumSegments),
      "chains": JSON(options.chains), "noise": .number(options.noise),
      "votes": voting.json, "batch": JSON(batchSize),
    ]
  }
}
