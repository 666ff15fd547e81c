import Gym

extension TaskInspection {
  /// The rules say more than the summary, and the legend explains every token but padding once.
  func inspectLegend() {
    let rules = task.rules
    log.expect(
      rules != task.summary && (40...1000).contains(rules.count)
        && !rules.contains(where: \.isNewline), .legend,
      "the rules are \(String(reflecting: rules)), not a few sentences beyond the summary")
    for entry in task.legend
    where entry.meaning.isEmpty || entry.meaning.count > 200
      || entry.meaning.contains(where: \.isNewline)
    {
      log.fail(
        .legend, "\(String(reflecting: entry.symbols)) means \(String(reflecting: entry.meaning))")
    }
    let explained = task.legend.flatMap { Array($0.symbols) }
    for character in task.vocabulary.characters.dropFirst() {
      let count = explained.count { $0 == character }
      log.expect(
        count == 1, .legend, "\(String(reflecting: character)) is explained \(count) times")
    }
    for character in explained where task.vocabulary.token(of: character) == nil {
      log.fail(.legend, "\(String(reflecting: character)) is explained, and is no token")
    }
    log.expect(
      task.regions == nil || task.legend.contains { $0.symbols.isEmpty }, .legend,
      "there are regions, and no entry of the legend explains them")
  }
}
