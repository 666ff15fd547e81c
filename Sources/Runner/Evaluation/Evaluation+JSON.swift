import JSON

extension Evaluation {
  /// The parameters of the evaluation, so that it can be repeated.
  public var json: JSON {
    [
      "split": .string(split.name), "puzzles": .integer(Int64(count)),
      "sample-seed": sampleSeed.map { .string("\($0)") } ?? .null,
      "segments": options.segments.map { .integer(Int64($0)) } ?? .null,
      "halts": .bool(options.halts),
      "minimum-segments": .integer(Int64(options.minimumSegments)),
      "chains": .integer(Int64(options.chains)), "noise": .number(options.noise),
      "votes": voting.json, "batch": .integer(Int64(batchSize)),
    ]
  }
}
