import Gym
import Randomness

/// A rotation or reflection together with a renaming of colors, which makes a variant of an ARC
/// task.
public struct ARCAugmentation: Sendable, Hashable {
  /// The rotation or reflection.
  public let dihedral: ARCDihedral
  /// The renaming of colors.
  public let colors: ARCColorMap

  /// A rotation or reflection with a renaming of colors.
  public init(_ dihedral: ARCDihedral, _ colors: ARCColorMap) {
    self.dihedral = dihedral
    self.colors = colors
  }

  /// The augmentation that changes nothing.
  public static let identity = ARCAugmentation(.identity, .identity)

  /// A uniformly random augmentation.
  public static func random(using random: inout RandomStream) -> ARCAugmentation {
    let dihedral = ARCDihedral(rawValue: random.below(ARCDihedral.count)) ?? .identity
    return ARCAugmentation(dihedral, .random(using: &random))
  }

  /// The augmentation that undoes this one.
  public var inverse: ARCAugmentation { ARCAugmentation(dihedral.inverse, colors.inverse) }

  /// This augmentation followed by another.
  public func then(_ next: ARCAugmentation) -> ARCAugmentation {
    ARCAugmentation(dihedral.then(next.dihedral), colors.then(next.colors))
  }

  /// The name of a task's variant: `<task>_t<dihedral>_<10 digits>`, or in another form.
  public func name(of task: String, as form: VariantNameForm = .hrm) -> String {
    let separator = form.separator
    return "\(task)\(separator)t\(dihedral.rawValue)\(separator)\(colors.digits)"
  }

  /// The task that a variant's name begins with, and its augmentation; a name without one is that
  /// of the task itself.
  public static func parse(_ name: String) -> (task: String, augmentation: ARCAugmentation) {
    switch ARCPuzzleName(name) {
    case .variant(let task, let augmentation): (task, augmentation)
    case .task, .unknown: (name, .identity)
    }
  }
}

extension ARCGrid {
  /// The grid transformed by an augmentation.
  public func augmented(by augmentation: ARCAugmentation) -> ARCGrid {
    let walk = augmentation.dihedral.walk(rows: rows, columns: columns)
    let colors = augmentation.colors.colors
    var result: [UInt8] = []
    result.reserveCapacity(cells.count)
    for row in 0..<walk.rows {
      var index = walk.start + row * walk.rowStep
      for _ in 0..<walk.columns {
        result.append(colors[Int(cells[index])])
        index += walk.columnStep
      }
    }
    return ARCGrid(trusted: result, rows: walk.rows, columns: walk.columns)
  }
}
