import JSON

extension Score {
  /// The score as JSON; parts without puzzles are left out.
  public var json: JSON {
    func parts(_ parts: [Part]) -> JSON {
      .object(JSONObject(parts.filter { $0.tally.count > 0 }.map { ($0.name, $0.tally.json) }))
    }
    let failures = failures.sorted { $0.key < $1.key }
    return [
      "exact": overall.json,
      "cell-accuracy": .number(cellAccuracy),
      "segments": .number(meanSegments),
      "findings": parts(findings),
      "by-rating": parts(byRating),
      "by-source": parts(bySource),
      "failures": .object(
        JSONObject(failures.map { ($0.key, .integer(Int64($0.value))) })),
    ]
  }
}
