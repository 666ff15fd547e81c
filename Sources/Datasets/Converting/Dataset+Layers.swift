extension Dataset {
  /// The groups of a split in the layers that generation writes: the split's own items, then, in
  /// training, the demonstrations of each held-out split. One layer if the groups are not arranged
  /// like that; none if there is no such split.
  func layers(of name: String) -> [Range<Int>] {
    guard let split = splits.first(where: { $0.name == name }) else { return [] }
    let whole = [0..<split.groups.count]
    guard name == "train" else { return whole }
    let held = splits.filter { $0.name != name }
    var owners: [Int32: Int] = [:]
    for (number, split) in held.enumerated() {
      for puzzle in 0..<split.puzzles.count {
        owners[split.identifier(ofPuzzle: puzzle)] = number + 1
      }
    }
    owners[0] = nil
    var counts = Array(repeating: 0, count: held.count + 1)
    var last = 0
    for group in 0..<split.groups.count {
      let layer = owners[split.identifier(ofPuzzle: split.groups[group].lowerBound)] ?? 0
      guard layer >= last else { return whole }
      counts[layer] += 1
      last = layer
    }
    var end = 0
    return counts.map { count in
      end += count
      return end - count..<end
    }
  }
}
