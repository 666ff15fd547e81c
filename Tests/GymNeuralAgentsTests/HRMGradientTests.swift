import Foundation
import Gym
import GymNetworks
import GymNeuralAgents
import Testing

/// The three gradients against differences of the loss, and against each other.
@Suite struct HRMGradientTests {
  private static let start = ["loss": "softmax", "hidden": "8", "heads": "2"]

  /// A fresh agent after one pass over a batch, with one parameter moved along a direction.
  ///
  /// - Parameter scale: a factor on the modules' weights, to make them contract.
  private static func passed(
    _ values: [String: String], scale: Float = 1, moving name: String? = nil,
    along direction: [Double] = [], by length: Double = 0
  ) throws -> HRM {
    let agent = try Toys.agent(HRM.self, start.merging(values) { $1 })
    for parameter in agent.parameters {
      var numbers = parameter.value.values
      if parameter.name.contains("level") { numbers = numbers.map { $0 * scale } }
      if parameter.name == name {
        numbers = zip(numbers, direction).map { $0 + Float($1 * length) }
      }
      parameter.value.set(numbers)
      parameter.refresh()
    }
    try agent.computeGradients(for: Toys.batch(0))
    return agent
  }

  /// The relative error of each parameter's gradient against the loss's slope along it.
  ///
  /// The Q head starts at zero, so that nothing flows back through it, and the loss over the cells
  /// alone gives the gradients of all others.
  private static func errors(
    of gradient: [String: String], against exact: [String: String], scale: Float = 1
  ) throws -> [Double] {
    let agent = try passed(gradient, scale: scale)
    let gradients = Dictionary(
      uniqueKeysWithValues: agent.gradientNumbers.map { ($0.name, $0.numbers) })
    return try agent.parameters.filter { !$0.name.hasPrefix("q_head") }.map { parameter in
      let numbers = try #require(gradients[parameter.name])
      let length = numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
      try #require(length > 1e-3, "\(parameter.name)")
      let direction = numbers.map { $0 / length }
      let step = 4e-3
      let losses = try [step, -step].map { step in
        try passed(exact, scale: scale, moving: parameter.name, along: direction, by: step).cellLoss
      }
      let slope = (losses[0] - losses[1]) / (2 * step) / 5
      return abs(slope - length) / length
    }
  }

  @Test(
    "bptt over all steps gives the exact gradient of a segment",
    arguments: [("2", "2"), ("1", "3"), ("3", "1")])
  func throughTimeIsTheExactGradientOfASegment(high: String, low: String) throws {
    let cycles = ["high-cycles": high, "low-cycles": low]
    let whole = cycles.merging(["gradient": "bptt", "gradient-steps": "99"]) { $1 }
    let errors = try Self.errors(of: whole, against: cycles)
    #expect(errors.allSatisfy { $0 < 0.02 }, "\(errors)")
    let oneStep = try Self.errors(of: cycles, against: cycles)
    #expect(oneStep.contains { $0 > 0.1 }, "one step would pass as well: \(oneStep)")
  }

  /// Near a fixed point the loss after many cycles is that of the fixed point itself, and its
  /// slope is the exact implicit gradient.
  @Test(
    "implicit converges to the exact gradient of a fixed point",
    arguments: ["none", "no-high", "no-low"])
  func implicitComesToTheExactGradientOfAFixedPoint(ablation: String) throws {
    let cycles = ["high-cycles": "60", "low-cycles": "1", "ablation": ablation]
    let worst = try [1, 4, 60].map { terms in
      let settings = ["gradient": "implicit", "gradient-steps": "\(terms)"]
      return try Self.errors(of: cycles.merging(settings) { $1 }, against: cycles, scale: 0.25)
        .max() ?? 1
    }
    #expect(worst[2] < 0.02, "\(worst)")
    #expect(worst[2] < worst[1] && worst[1] < worst[0], "\(worst)")
  }

  /// At a fixed point K terms equal backpropagation through K applications of both modules.
  @Test("At a fixed point, implicit with K terms equals bptt through K applications")
  func implicitIsThroughTimeAtAFixedPoint() throws {
    let cycles = ["high-cycles": "60", "low-cycles": "1"]
    for terms in [1, 2, 5] {
      let pair = try [("implicit", terms), ("bptt", 2 * terms)].map { kind, steps in
        try Self.passed(
          cycles.merging(["gradient": kind, "gradient-steps": "\(steps)"]) { $1 }, scale: 0.25
        ).gradientNumbers
      }
      for (implicit, unrolled) in zip(pair[0], pair[1]) {
        let size = unrolled.numbers.reduce(0) { max($0, abs($1)) }
        #expect(implicit.numbers.count == unrolled.numbers.count)
        let errors = zip(implicit.numbers, unrolled.numbers).map { abs($0 - $1) }
        #expect(errors.allSatisfy { $0 <= 1e-2 * size }, "\(terms) terms, \(implicit.name)")
      }
    }
  }

  @Test(
    "The shortest bptt and implicit gradients equal the one-step gradient",
    arguments: ["f32", "bf16"])
  func theShortestOfEachIsTheOneStepGradient(
    dtype: String
  ) throws {
    let weights = try [("one-step", 6), ("bptt", 2), ("implicit", 1), ("bptt", 3), ("implicit", 2)]
      .map { kind, steps -> Data in
        let agent = try Toys.agent(
          HRM.self,
          [
            "gradient": kind, "gradient-steps": "\(steps)", "dtype": dtype,
          ])
        for step in 0..<4 { _ = try agent.learn(from: Toys.batch(step)) }
        return try Toys.weights(of: agent)
      }
    #expect(weights[1] == weights[0] && weights[2] == weights[0])
    #expect(weights[3] != weights[0] && weights[4] != weights[0])
  }

  /// Only with backpropagation through time does the memory for the gradient grow with the cycles.
  @Test("Only backpropagation through time needs more memory for more cycles")
  func onlyThroughTimeKeepsMoreWithMoreCycles() throws {
    func bytes(_ gradient: String, cycles: Int) throws -> Int {
      let agent = try Toys.agent(
        HRM.self,
        [
          "gradient": gradient, "gradient-steps": "8192", "high-cycles": "\(cycles)",
        ].merging(gradient == "implicit" ? ["gradient-steps": "5"] : [:]) { $1 })
      for step in 0..<3 { _ = try agent.learn(from: Toys.batch(step)) }
      return agent.memoryBytes
    }
    for gradient in ["one-step", "implicit"] {
      #expect(try bytes(gradient, cycles: 8) == bytes(gradient, cycles: 2), "\(gradient)")
    }
    #expect(try bytes("bptt", cycles: 8) > 2 * bytes("bptt", cycles: 2))
  }

  /// The numbers are those of formulas over the shapes, which the tape's count replaced.
  @Test(
    "The operations of HRM's variants are counted",
    arguments: [
      ("gradient=one-step", 9_664_880, 2_188_624),
      ("gradient=bptt", 10_576_560, 2_188_624),
      ("gradient=bptt gradient-steps=100", 14_223_280, 2_188_624),
      ("gradient=implicit gradient-steps=1", 9_664_880, 2_188_624),
      ("gradient=implicit gradient-steps=4", 13_840_960, 2_188_624),
      ("gradient=last-cycle", 10_576_560, 2_188_624),
      ("gradient=one-step q-target=deferred", 6_390_640, 2_188_624),
      ("gradient=implicit gradient-steps=4 ablation=no-low", 15_184_960, 3_282_640),
      ("gradient=bptt ablation=no-low", 16_046_640, 3_282_640),
      ("gradient=implicit gradient-steps=4 ablation=no-high low-blocks=3", 22_957_760, 4_923_664),
      ("gradient=last-cycle ablation=no-high low-blocks=3", 24_251_760, 4_923_664),
      ("gradient=one-step ablation=no-outer-loop", 9_664_880, 2_188_624),
    ])
  func variantsAreCounted(_ settings: String, step: Int, answer: Int) throws {
    var values = ["high-blocks": "2", "gradient-steps": "3"]
    for pair in settings.split(separator: " ").map({ $0.split(separator: "=") }) {
      values[String(pair[0])] = String(pair[1])
    }
    for workers in [1, 3] {
      let agent = try Toys.agent(HRM.self, values, workers: workers)
      #expect(try agent.learn(from: Toys.batch(0)).cost.flops == Double(step))
      let options = SolveOptions(segments: 3, minimumSegments: 3)
      let answers = try agent.solve(Toys.batch(0).questions, options: options)
      #expect(answers.allSatisfy { $0.cost.flops == Double(answer) })
    }
  }

  @Test("The operations of a memory of segments are counted")
  func memoryIsCounted() throws {
    for (gradient, step) in [("one-step", 8_961_040.0), ("implicit", 11_372_480)] {
      let agent = try Toys.agent(
        HRM.self,
        ["memory": "2", "prefix-rows": "3", "gradient": gradient, "gradient-steps": "3"])
      #expect(try agent.learn(from: Toys.batch(0)).cost.flops == step)
    }
  }
}
