import ARC
import Gym
import Testing

/// The families' drawings agree with their programs.
@Suite struct FamilyTests {
  static let instances = 10_000

  @Test("Every concept has at least two families of tasks")
  func everyConceptHasTwoFamilies() {
    let concepts = ARCGenerator.families.map { $0.concept }
    for concept in ARCConcept.allCases {
      let count = concepts.count { $0 == concept }
      #expect(count >= 2, "\(concept)")
    }
    let names = ARCGenerator.families.map { $0.name }
    #expect(Set(names).count == names.count)
  }

  @Test(
    "The program of each family gives the answers that its generator drew",
    arguments: ARCGenerator.families.map { $0.name })
  func programAgreesWithDrawing(name: String) throws {
    let families = ARCGenerator.families.filter { $0.name == name }
    let family = families[0]
    var (wrong, drawn, largest) = (0, 0, 0)
    var stream: UInt64 = 0
    while drawn < Self.instances {
      var random = RandomStream(key: RandomKey(seed: 7, name), stream: stream)
      stream += 1
      try #require(stream < 20 * UInt64(Self.instances) + 1000, "\(name) hardly ever finds room")
      let style = ARCStyle(
        maxSize: random.integer(in: 10...30), colors: random.integer(in: 4...9),
        distractors: random.below(7), using: &random)
      let rule = family.init(style, using: &random)
      for _ in 0..<4 {
        guard let pair = rule.draw(using: &random) else { continue }
        drawn += 1
        largest = max(largest, pair.question.rows, pair.question.columns)
        if rule.apply(pair.question) != pair.answer {
          wrong += 1
          if wrong == 1 {
            Issue.record(
              """
              \(name), stream \(stream - 1): the drawing has
              \(pair.question)
              to
              \(pair.answer)
              the program finds
              \(rule.apply(pair.question).map { "\($0)" } ?? "nothing")
              """)
          }
        }
      }
    }
    #expect(wrong == 0, "\(name): \(wrong) of \(drawn)")
    #expect(largest <= 30)
  }

  @Test(
    "The demonstrations of a generated task show its rule",
    arguments: ARCGenerator.families.map { $0.name })
  func tasksShowTheirRule(name: String) throws {
    for settings in [
      ["family": name], ["family": name, "max-size": "10", "colours": "4", "distractors": "6"],
    ] {
      let arc = try makeARC(settings)
      for stream in 0..<20 as Range<UInt64> {
        var random = RandomStream(key: RandomKey(seed: 3, name), stream: stream)
        var again = random
        let puzzle = try arc.generatePuzzle(GenerationRequest(), using: &random)
        #expect(try arc.generatePuzzle(GenerationRequest(), using: &again) == puzzle)
        let task = try ARCTask(puzzle)
        #expect(ARCGenerator.showRule(task.demonstrations), "\(name), stream \(stream)")
        #expect(task.name.hasPrefix(name + "-"))
        #expect(task.tests.count == 1 && task.demonstrations.count >= 3)
        let limit = settings["max-size"].flatMap(Int.init) ?? 15
        for question in task.demonstrations.map(\.question) + task.tests.map(\.question) {
          #expect(max(question.rows, question.columns) <= limit)
        }
        for test in task.tests {
          #expect(test.question != test.answer)
          #expect(!task.demonstrations.contains { $0.question == test.question })
        }
      }
    }
  }

  /// By split, the split of unseen concepts and every other one share no family; what `any` makes
  /// does not depend on the split.
  @Test("By split, the unseen concepts share no family with the other splits")
  func conceptsAreHeldOutBySplit() throws {
    let arc = try makeARC(["concept": "by-split"])
    func sources(_ split: String?) throws -> Set<String> {
      try Set(
        (0..<200 as Range<UInt64>).map { stream in
          var random = RandomStream(key: RandomKey(seed: 4, "by split"), stream: stream)
          return try arc.generate(GenerationRequest(split: split), using: &random).source
        })
    }
    let (known, unseen) = (try sources("train"), try sources(ARC.unseenSplit))
    #expect(try sources(nil) == known)
    #expect(try sources("test") == known)
    #expect(known.isDisjoint(with: unseen))
    #expect(known.count == 24 && unseen.count == 8, "\(known.count) and \(unseen.count)")
    #expect(throws: GymError.self) {
      try makeARC(["concept": "by-split", "family": ARCGenerator.families[0].name])
    }
    let any = try makeARC()
    var (first, second) = (RandomStream(seed: 5, "any"), RandomStream(seed: 5, "any"))
    #expect(
      try any.generate(GenerationRequest(), using: &first)
        == any.generate(GenerationRequest(split: ARC.unseenSplit), using: &second))
  }
}
