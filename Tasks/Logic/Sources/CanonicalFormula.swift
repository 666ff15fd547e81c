/// Finds the form that all renamings of a formula share: color refinement and, if it leaves
/// literals with the same color, individualizing each of them in turn (B. McKay, "Practical graph
/// isomorphism", Congressus Numerantium 30, 1981, without its pruning by automorphisms).
struct CanonicalFormula {
  /// The clauses of the least renaming, sorted, each as sorted literal numbers; nil if the search
  /// was given up, which happens for all renamings of a formula or for none.
  private(set) var least: [[Int]]?
  private let variables: Int
  private let clauses: [[Int]]
  /// For each literal, the other two of each clause that contains it.
  private let others: [[(Int, Int)]]
  private var leaves = 0

  private static let leafLimit = 2000

  init(_ formula: Formula) {
    variables = formula.variables
    clauses = formula.clauses.map { $0.map(\.number) }
    var others = [[(Int, Int)]](repeating: [], count: 2 * formula.variables)
    for clause in clauses {
      for place in 0..<3 {
        others[clause[place]].append((clause[(place + 1) % 3], clause[(place + 2) % 3]))
      }
    }
    self.others = others
    search([Int](repeating: 0, count: 2 * variables))
    if leaves > Self.leafLimit { least = nil }
  }

  private mutating func search(_ start: [Int]) {
    let colors = refined(start)
    var members: [Int: [Int]] = [:]
    for (literal, color) in colors.enumerated() { members[color, default: []].append(literal) }
    guard let alike = members.filter({ $0.value.count > 1 }).min(by: { $0.key < $1.key }) else {
      leaves += 1
      let form = renamed(by: colors)
      if least.map({ form.lexicographicallyPrecedes($0) { $0.lexicographicallyPrecedes($1) } })
        ?? true
      {
        least = form
      }
      return
    }
    // Literals without a clause, opposites included, are equivalent: one represents all.
    let isFree = alike.value.allSatisfy { others[$0].isEmpty && others[$0 ^ 1].isEmpty }
    for literal in alike.value.prefix(isFree ? 1 : alike.value.count)
    where leaves <= Self.leafLimit {
      var apart = colors.map { 2 * $0 + 1 }
      apart[literal] -= 1
      search(apart)
    }
  }

  /// Splits colors by the colors around each literal until nothing changes; the new colors are
  /// numbered from 0 in an order that no renaming changes.
  private func refined(_ start: [Int]) -> [Int] {
    var colors = start
    while true {
      let signatures = colors.indices.map { literal -> [Int] in
        let around = others[literal].map { pair in
          let (a, b) = (colors[pair.0], colors[pair.1])
          return [min(a, b), max(a, b)]
        }.sorted { $0.lexicographicallyPrecedes($1) }
        return [colors[literal], colors[literal ^ 1]] + around.joined()
      }
      let distinct = Set(signatures).sorted { $0.lexicographicallyPrecedes($1) }
      let numbers = Dictionary(uniqueKeysWithValues: zip(distinct, 0...))
      let next = signatures.map { numbers[$0] ?? 0 }
      if distinct.count == Set(colors).count { return next }
      colors = next
    }
  }

  /// The clauses with variables ordered by the lower color of their two literals; that literal
  /// becomes the positive one.
  private func renamed(by colors: [Int]) -> [[Int]] {
    let order = (0..<variables).sorted {
      min(colors[2 * $0], colors[2 * $0 + 1]) < min(colors[2 * $1], colors[2 * $1 + 1])
    }
    var numbers = [Int](repeating: 0, count: 2 * variables)
    for (name, variable) in order.enumerated() {
      let positive = colors[2 * variable] < colors[2 * variable + 1] ? 0 : 1
      numbers[2 * variable + positive] = 2 * name
      numbers[2 * variable + 1 - positive] = 2 * name + 1
    }
    return clauses.map { $0.map { numbers[$0] }.sorted() }
      .sorted { $0.lexicographicallyPrecedes($1) }
  }
}
