import Foundation
import Gym
import GymNeuralAgents
import Testing

/// Weights that a step has ruined: they must not take the place of a good state.
@Suite struct RuinedWeightsTests {
  @Test("A state is not saved if the last step has ruined the weights")
  func ruinedByAStep() throws {
    let agent = try Toys.agent(
      HRM.self, ["learning-rate": "10", "warmup-steps": "0", "weight-decay": "100"])
    // Each step makes the weights about a thousandfold.
    _ = try agent.learn(from: Toys.batch(0))
    _ = try Toys.weights(of: agent)
    for step in 1..<3 { #expect(try agent.learn(from: Toys.batch(step)).loss.isFinite) }
    let error = #expect(throws: GymError.self) { try Toys.weights(of: agent) }
    #expect(error?.what.contains("step 3") == true && error?.remedy != nil)
  }

  @Test(
    "Neither is one with a number that is not finite, wherever it is",
    arguments: [Float.nan, .infinity, -.infinity])
  func notFinite(value: Float) throws {
    for index in try Toys.agent(TRM.self).parameters.indices {
      let agent = try Toys.agent(TRM.self)
      let parameter = agent.parameters[index]
      var values = parameter.value.values
      values[values.count - 1] = value
      parameter.value.set(values)
      let error = #expect(throws: GymError.self) { try Toys.weights(of: agent) }
      #expect(error?.what.contains(parameter.name) == true)
      #expect(error?.what.contains("not finite") == true)
    }
  }

  @Test("Large weights that still work are saved")
  func large() throws {
    let agent = try Toys.agent(TRM.self)
    for parameter in agent.parameters {
      parameter.value.set(parameter.value.values.map { _ in 1e5 })
    }
    _ = try Toys.weights(of: agent)
  }
}
