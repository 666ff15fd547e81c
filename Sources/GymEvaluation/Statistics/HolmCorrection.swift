/// Holm's correction for several tests at once (Scand. J. Statist. 6, 1979): at a level of 5 %, the
/// probability of declaring any true equality a difference is at most 5 %.
public enum HolmCorrection {
  /// The adjusted p-value of each test, in the given order: it is below a level if and only if
  /// Holm's procedure rejects at that level.
  ///
  /// - Precondition: every p-value is in 0...1.
  public static func adjusted(_ pValues: [Double]) -> [Double] {
    precondition(pValues.allSatisfy { (0...1).contains($0) }, "a p is in 0...1")
    var adjusted = pValues
    var highest = 0.0
    let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    for (place, index) in order.enumerated() {
      highest = max(highest, min(1, pValues[index] * Double(pValues.count - place)))
      adjusted[index] = highest
    }
    return adjusted
  }
}
