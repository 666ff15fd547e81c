import Foundation
import Gym
import GymDatasets
import GymEvaluation
import GymJSON
import GymTraining
import Testing

@Suite struct VotingTests {
  private let test: TestRun

  init() throws {
    test = try TestRun(splits: ["test": Array(repeating: [1], count: 30)])
  }

  private func score(
    _ agents: [RuledAgent], copies: Int = 1, usesRules: Bool = false, stopsWhenSure: Bool = false,
    task: any Task = RingTask()
  ) throws -> Score {
    try Evaluation(
      task: task, split: test.data.split("test"),
      voting: VotingOptions(copies: copies, usesRules: usesRules, stopsWhenSure: stopsWhenSure),
      batchSize: 7
    ).run(agents)
  }

  @Test("Answers to symmetric copies are mapped back")
  func answersAreMappedBack() throws {
    let agent = RuledAgent { Prediction(answer: RuledAgent.right($0)) }
    let score = try score([agent], copies: 4)
    #expect(score.overall.successes == 30)
    #expect(score.solving.cost == ComputeCost(flops: 120, passes: 120, tokens: 240))
    #expect(agent.asked == 120)
    let shuffled = try self.score([agent], copies: 20, task: ShuffledTask())
    #expect(shuffled.overall.successes == 30)
  }

  @Test("The majority outvotes single errors")
  func theMajorityOutvotesErrors() throws {
    // Of a puzzle's four copies, exactly one begins with the letter 1.
    func agent() -> RuledAgent {
      RuledAgent { question in
        Prediction(answer: question[0] == 1 ? question : RuledAgent.right(question))
      }
    }
    let single = try score([agent()])
    #expect((1..<30).contains(single.overall.successes))
    #expect(try score([agent()], copies: 4).overall.successes == 30)
  }

  @Test("With rules, a valid answer beats the majority")
  func anAnswerThatKeepsTheRulesBeatsTheMajority() throws {
    func agent() -> RuledAgent {
      RuledAgent { question in
        Prediction(answer: question[0] == 1 ? RuledAgent.right(question) : question)
      }
    }
    #expect(try score([agent()], copies: 4).overall.successes == 0)
    #expect(try score([agent()], copies: 4, usesRules: true).overall.successes == 30)
  }

  @Test("Of answers with equal votes the more confident one wins")
  func ofAsManyVotesTheSurerCounts() throws {
    func agent(right: Bool, confidence: Double?) -> RuledAgent {
      RuledAgent { question in
        Prediction(
          answer: right ? RuledAgent.right(question) : question, confidence: confidence)
      }
    }
    let (sure, unsure) = (agent(right: true, confidence: 0.9), agent(right: false, confidence: 0.2))
    #expect(try score([unsure, sure]).overall.successes == 30)
    #expect(try score([sure, unsure]).overall.successes == 30)
    let silent = agent(right: false, confidence: nil)
    #expect(try score([silent, sure]).overall.successes == 30)
    // Nothing tells them apart: the first counts.
    let first = agent(right: true, confidence: 0.5)
    let second = agent(right: false, confidence: 0.5)
    #expect(try score([first, second]).overall.successes == 30)
    #expect(try score([second, first]).overall.successes == 0)
    let doubtful = agent(right: true, confidence: .nan)
    #expect(try score([doubtful, unsure, doubtful]).overall.successes == 30)
  }

  @Test("An attempt that the agent is sure of wins, and no more are asked")
  func aSureAttemptWins() throws {
    // Of a puzzle's four copies, one alone begins with the letter 1.
    func agent(sure: Double?) -> RuledAgent {
      RuledAgent { question in
        let isRight = question[0] == 1
        return Prediction(
          answer: isRight ? RuledAgent.right(question) : question,
          confidence: isRight ? sure : 0.3)
      }
    }
    let sure = agent(sure: 0.51)
    let score = try score([sure], copies: 4, stopsWhenSure: true)
    #expect(score.overall.successes == 30)
    #expect((31..<120).contains(sure.asked))
    #expect(score.solving.cost.passes == sure.asked)
    #expect(try self.score([agent(sure: 0.9)], copies: 4).overall.successes == 0)
    // Nobody is sure, so that all vote.
    for doubt in [nil, 0.5, .nan] {
      let doubtful = agent(sure: doubt)
      #expect(try self.score([doubtful], copies: 4, stopsWhenSure: true).overall.successes == 0)
      #expect(doubtful.asked == 120)
    }
    // Agents try one after another as well.
    let second = RuledAgent { Prediction(answer: RuledAgent.right($0), confidence: 1) }
    let first = agent(sure: 0.9)
    #expect(try self.score([first, second], stopsWhenSure: true).overall.successes == 30)
    #expect(first.asked == 30 && (1..<30).contains(second.asked))
  }

  @Test("A voter without an answer has no vote")
  func whoHasNoAnswerHasNoVote() throws {
    let silent = RuledAgent { _ in Prediction(answer: nil, failure: "asleep") }
    let right = RuledAgent { Prediction(answer: RuledAgent.right($0)) }
    let short = RuledAgent { Prediction(answer: Array($0.dropLast())) }
    #expect(try score([silent, short, right]).overall.successes == 30)
    #expect(try score([silent, silent]).failures == ["asleep": 30])
    #expect(try score([short, short]).failures.keys.first?.contains("5 cells") == true)
  }

  @Test("Impossible votes are rejected")
  func votesThatCannotBeHeldAreRefused() throws {
    let agent = RuledAgent { Prediction(answer: $0) }
    #expect { try score([agent], copies: 5) } throws: {
      "\($0)".contains("at most 4") && "\($0)".contains("ring@1")
    }
    for (isAttempt, flag) in [(false, "--votes: 5"), (true, "--attempts: 5")] {
      #expect { try score([agent], copies: 5, stopsWhenSure: isAttempt) } throws: {
        "\($0)".contains(flag)
      }
    }
    #expect { try score([agent], copies: 2, task: ToyTask()) } throws: {
      "\($0)".contains("no symmetries")
    }
    let labelled = RingTask(judgesByLabel: true)
    #expect { try score([agent], copies: 2, usesRules: true, task: labelled) } throws: {
      "\($0)".contains("without its label")
    }
    let header = test.url("data/test/dataset.json")
    var object = try #require(JSON(contentsOf: header).object)
    object["num_puzzle_identifiers"] = 2
    try JSON.object(object).write(to: header)
    let split = try Dataset(test.url("data")).split("test")
    let twice = try Evaluation(task: RingTask(), split: split, voting: VotingOptions(copies: 2))
    #expect { try twice.run(agent) } throws: {
      "\($0)".contains("ruled@1 knows puzzles by identities")
    }
    let unaware = RuledAgent { Prediction(answer: $0) }
    unaware.readsIdentifiers = false
    #expect(try twice.run(unaware).asked == 30)
  }

  @Test("Copies are distinct, and fewer are a prefix of more")
  func copiesAreDifferentAndTheFirstOfMore() throws {
    let many = try ShuffledTask().symmetricCopies(100)
    #expect(Set(many).count == 100)
    #expect(many[0] == Symmetry.identity(for: ShuffledTask()))
    #expect(try ShuffledTask().symmetricCopies(7) == Array(many.prefix(7)))
    #expect(try ShuffledTask().symmetricCopies(720).count == 720)
    #expect { try ShuffledTask().symmetricCopies(721) } throws: { "\($0)".contains("720") }
    let listed = try RingTask().symmetricCopies(4)
    #expect(try RingTask().symmetricCopies(2) == Array(listed.prefix(2)))
  }
}
