import Gym
import GymRandomness

/// The toy task with symmetries: renaming each letter to its second, third or fourth next keeps
/// the puzzle.
struct RingTask: Task, ListedSymmetryTask {
  static let id = PluginID("ring", version: 1)
  static let summary = ToyTask.summary
  static let settings: [Setting] = []
  let settings = Settings([])
  let rules = Self.summary
  let legend: [LegendEntry] = []
  let vocabulary = ToyTask().vocabulary
  let grid = ToyTask().grid
  /// Whether only the label decides.
  var judgesByLabel = false

  init(settings: Settings = Settings([])) {}

  init(judgesByLabel: Bool) {
    self.judgesByLabel = judgesByLabel
  }

  var symmetries: [Symmetry] {
    (0..<4).map { shift in
      Symmetry(
        cells: Array(0..<6), tokens: [0] + (0..<4).map { UInt8(($0 + shift) % 4 + 1) })
    }
  }

  func generate(_ request: GenerationRequest, using random: inout RandomStream) -> Example {
    ToyTask().generate(request, using: &random)
  }

  func verify(_ answer: [UInt8], for example: Example) -> Verdict {
    let right = judgesByLabel ? example.answer : example.question.map { $0 % 4 + 1 }
    return answer == right ? .solved() : .failed("a letter is not the next one")
  }
}

/// A task whose symmetries are all orders of its six cells, too many to list.
struct ShuffledTask: Task, SymmetricTask {
  static let id = PluginID("shuffled", version: 1)
  static let summary = ToyTask.summary
  static let settings: [Setting] = []
  let settings = Settings([])
  let rules = Self.summary
  let legend: [LegendEntry] = []
  let vocabulary = ToyTask().vocabulary
  let grid = ToyTask().grid

  init(settings: Settings = Settings([])) {}

  func randomSymmetry(using random: inout RandomStream) -> Symmetry {
    Symmetry(cells: random.shuffled(Array(0..<6)), tokens: Array(0..<5))
  }

  func canonicalForm(of question: [UInt8]) -> [UInt8]? { nil }

  func generate(_ request: GenerationRequest, using random: inout RandomStream) -> Example {
    ToyTask().generate(request, using: &random)
  }

  func verify(_ answer: [UInt8], for example: Example) -> Verdict {
    ToyTask().verify(answer, for: example)
  }
}
