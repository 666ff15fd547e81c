import Foundation
import Gym
import GymNeuralAgents
import Testing

/// Several chains per puzzle, told apart by noise.
@Suite struct ChainTests {
  @Test("A stop leaves whole puzzles: each answer is that of its question, with all its chains")
  func stopped() throws {
    let questions = Toys.batch(3, count: 300).questions
    let agent = try Toys.agent(HRM.self, ["batch": "8"])
    let whole = try agent.solve(questions, options: SolveOptions(chains: 3, noise: 0.5))
    let start = ContinuousClock.now
    #expect(try agent.solve(questions, options: SolveOptions(chains: 3, noise: 0.5)) == whole)
    let seconds = start.duration(to: .now) / Duration.seconds(1)
    var partial = 0
    // A stop at each of several moments: before the first segment, and after some of them.
    for part in 0..<25 {
      let stop = StopRequest()
      let options = SolveOptions(chains: 3, noise: 0.5, stop: stop)
      let thread = Thread {
        if part > 0 { Thread.sleep(forTimeInterval: seconds * Double(part) / 25) }
        stop.request()
      }
      thread.start()
      do {
        #expect(try agent.solve(questions, options: options) == whole)
      } catch let stopped as StoppedSolving {
        #expect(stopped.predictions.count == 300)
        for (prediction, expected) in zip(stopped.predictions, whole) where prediction != nil {
          #expect(prediction == expected)
          partial += 1
        }
      }
    }
    #expect(partial > 0)
  }

  @Test("Noise changes the state that is updated, also if only one module is there")
  func noiseReachesTheState() throws {
    let questions = Toys.batch(5).questions
    for ablation in ["none", "no-low", "no-high"] {
      let agent = try Toys.agent(
        HRM.self, ["ablation": ablation, "halting": "exactness", "halting-weight": "1"])
      // A trained halting head, so that the confidences tell states apart.
      for step in 0..<5 { _ = try agent.learn(from: Toys.batch(step)) }
      let one = try agent.solve(questions, options: SolveOptions())
      let several = try agent.solve(questions, options: SolveOptions(chains: 5, noise: 2))
      let (alone, best) = (one.compactMap(\.confidence), several.compactMap(\.confidence))
      #expect(zip(alone, best).allSatisfy { $0 <= $1 } && alone != best, "\(ablation)")
    }
  }
}
