import Testing

/// A task that implements a member of a protocol, and forgets to conform to it, is treated as if it
/// did not have the member; no compiler says so.
@Suite struct AbilityTests {
  @Test("Tasks conform to the protocols whose members they implement")
  func tasksConformToWhatTheyImplement() throws {
    var code = Declarations()
    for file in try PackageFiles.sources() where file.path.hasSuffix(".swift") { code.read(file) }
    #expect(code.protocols(refining: "Task").count > 15)
    for symbol in code.unclaimed(refining: "Task") {
      Issue.record("\(symbol.place) \(symbol.signature) needs a conformance to be called")
    }
  }

  @Test("The search for forgotten conformances finds planted ones")
  func forgottenConformancesAreFound() {
    var code = Declarations()
    code.read(PackageFiles.File(module: "", path: "A", text: Self.sample))
    #expect(code.protocols(refining: "Task") == ["Solvable", "Symmetric", "Listed"])
    #expect(code.unclaimed(refining: "Task").map(\.signature) == ["solve(_:)"])
  }

  private static let sample = """
    public protocol Task {
      static var id: Int { get }
    }
    public protocol Solvable: Task {
      func solve(_ question: Int) -> Int
    }
    public protocol Symmetric: Task {
      func form(of question: Int) -> Int
    }
    public protocol Listed: Symmetric {
      var id: Int { get }
      func form(of question: Int) -> Int
    }
    extension Task {
      public func solve(_ question: Int) -> Int { 0 }
    }
    public struct Maze: Task {
      public static let id = 1
      public func solve(_ question: Int) -> Int { 1 }
    }
    extension Maze: Symmetric {
      public func form(of question: Int) -> Int { 1 }
      public func other(_ question: Int) -> Int { 1 }
    }
    public struct Stranger {
      public func solve(_ question: Int) -> Int { 1 }
    }
    """
}
