import ArgumentParser
import Gym

/// The program: everything that `reasongym` does, for the tasks and agents that it is given.
///
/// ```swift
/// ReasonGym(tasks: [SudokuExtreme.self], agents: [HRM.self]).main()
/// ```
public struct ReasonGym: Sendable {
  private let catalogue: Catalogue

  /// - Precondition: no two tasks and no two agents have the same name.
  public init(tasks: [any Task.Type], agents: [any Agent.Type]) {
    catalogue = Catalogue(tasks: tasks, agents: agents)
  }

  /// Runs the command of the process's arguments, then ends the process where it failed.
  public func main() {
    Catalogue.$current.withValue(catalogue) { RootCommand.main() }
  }
}
