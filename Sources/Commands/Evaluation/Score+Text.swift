import Runner

extension Score {
  /// The score as tables for a person.
  func text(title: String, width: Int) -> String {
    var table = TextTable(
      ("puzzles", .left), ("count", .right), ("solved", .right), ("share", .right),
      ("95 % interval", .left))
    table.add("all", overall)
    for part in byRating { table.add("rating: \(part.name)", part.tally) }
    if bySource.count > 1 {
      for part in bySource { table.add("source: \(part.name)", part.tally) }
    }
    var text = "\(title)\n\n\(table.text(width: width))\n"
    text += "Cells right: \(cellAccuracy.percent). Mean segments: \(fixed(1, of: meanSegments)).\n"
    if !findings.isEmpty {
      let shares = findings.map { "\($0.name) \($0.tally.accuracy.percent)" }
      text += "Findings: \(shares.joined(separator: ", ")).\n"
    }
    for (reason, count) in failures.sorted(by: { $0.value > $1.value }) {
      text += "No answer to \(count): \(reason)\n"
    }
    return text
  }
}

extension TextTable {
  fileprivate mutating func add(_ name: String, _ tally: Tally) {
    guard tally.count > 0 else { return }
    add(
      name, "\(tally.count)", "\(tally.solved)", tally.accuracy.percent,
      "\(tally.interval.lowerBound.percent) to \(tally.interval.upperBound.percent)")
  }
}
