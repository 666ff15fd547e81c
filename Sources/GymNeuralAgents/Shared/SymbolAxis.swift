import GymTensors

/// The axis of symbols of a model that shares its weights over exchangeable tokens.
///
/// Each cell has a row of numbers per channel: the first channel is for what is the same for all
/// symbols, and each exchangeable token has one of its own. With C channels and S positions, a
/// puzzle has C · S rows, channel after channel. Whatever treats the channels of symbols alike
/// commutes with a renaming of symbols.
struct SymbolAxis: Sendable, Hashable {
  /// The exchangeable tokens, in the order of their channels; empty if the task has none.
  let symbols: [UInt8]
  /// All other tokens of the vocabulary.
  let others: [UInt8]

  init(exchangeable: [UInt8], vocabularyCount: Int) {
    symbols = exchangeable
    others = (0..<vocabularyCount).map { UInt8($0) }.filter { !exchangeable.contains($0) }
  }

  /// C.
  var channels: Int { 1 + symbols.count }

  /// The rows of the token embedding: in a symbol's channel, one for "this symbol", one for
  /// "another symbol" and one per other token; in the first channel, one for "a symbol" and one
  /// per other token.
  var embeddingRows: Int { 3 + 2 * others.count }

  /// The rows of the output head: the logit of a channel's own symbol, and those of the other
  /// tokens, which are read in the first channel.
  var headRows: Int { 1 + others.count }

  /// Questions [n, T] as rows of the embedding, [n · C, T].
  func grid(of questions: TokenGrid) -> TokenGrid {
    let (tokens, cells, n) = (questions.tokens, questions.cells, Int32(others.count))
    // For each token its row in the first channel, and in that of a symbol that is not its own.
    var first = [Int32](repeating: 2 + n, count: symbols.count + others.count)
    var other = [Int32](repeating: 1, count: symbols.count + others.count)
    for (index, token) in others.enumerated() {
      other[Int(token)] = 2 + Int32(index)
      first[Int(token)] = 3 + n + Int32(index)
    }
    var rows: [Int32] = []
    rows.reserveCapacity(tokens.count * channels)
    for entry in 0..<questions.batch {
      let question = tokens[entry * cells..<(entry + 1) * cells]
      for token in question { rows.append(first[Int(token)]) }
      for symbol in symbols {
        for token in question { rows.append(token == symbol ? 0 : other[Int(token)]) }
      }
    }
    return TokenGrid(batch: questions.batch * channels, cells: cells, tokens: rows)
  }

  /// For each logit [S, V] of a puzzle, its place among the output head's products [C · S, rows].
  func logitPlaces(length: Int) -> [Int32] {
    let vocabularyCount = symbols.count + others.count
    var places = [Int32](repeating: 0, count: length * vocabularyCount)
    for position in 0..<length {
      for (channel, token) in symbols.enumerated() {
        places[position * vocabularyCount + Int(token)] = Int32(
          ((channel + 1) * length + position) * headRows)
      }
      for (index, token) in others.enumerated() {
        places[position * vocabularyCount + Int(token)] = Int32(position * headRows + 1 + index)
      }
    }
    return places
  }
}
