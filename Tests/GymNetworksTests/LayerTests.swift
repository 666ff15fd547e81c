import Foundation
import GymNetworks
import GymRandomness
import GymTensors
import Testing

@Suite struct LayerTests {
  @Test("Truncated normal initial weights have the stated deviation")
  func truncatedNormalsHaveTheStatedDeviation() {
    let values = Initializer(seed: 1).truncatedNormal("x", [400, 500], deviation: 0.3).values
    let mean = values.reduce(0) { $0 + Double($1) } / Double(values.count)
    let variance = values.reduce(0) { $0 + Double($1) * Double($1) } / Double(values.count)
    #expect(abs(mean) < 0.003)
    #expect(abs(variance.squareRoot() - 0.3) < 0.003)
    #expect(values.allSatisfy { abs($0) <= 2 / 0.8796 * 0.3 + 1e-4 })
    let other = Initializer(seed: 1).truncatedNormal("y", [4], deviation: 0.3).values
    #expect(other != Array(values.prefix(4)))
  }

  @Test("The width of SwiGLU follows from hidden size and expansion")
  func blockSizes() throws {
    #expect(BlockConfiguration(hidden: 512, heads: 8, expansion: 4)?.swiGLUWidth == 1536)
    #expect(BlockConfiguration(hidden: 128, heads: 4, expansion: 4)?.swiGLUWidth == 512)
    #expect(BlockConfiguration(hidden: 12, heads: 4, expansion: 4) == nil)
    #expect(BlockConfiguration(hidden: 12, heads: 5, expansion: 4) == nil)
  }

  /// The gradient of a whole block against central differences, along random directions.
  @Test("The gradient of a block agrees with finite differences", arguments: [true, false])
  func blockGradients(isRotary: Bool) throws {
    let configuration = try #require(BlockConfiguration(hidden: 8, heads: 2, expansion: 1))
    let block = TransformerBlock(
      "b", configuration, initializer: Initializer(seed: 2), computeType: .float32)
    let rotary = isRotary ? RotaryTable(length: 5, headSize: 4) : nil
    let replica = Replica(activationType: .float32)
    replica.makeGradients(for: block.parameters)
    var stream = RandomStream(seed: 8, "block")
    func normal(_ shape: Shape) -> Tensor {
      Tensor((0..<shape.count).map { _ in Float(stream.normal()) }, shape: shape)
    }
    let (x, seed) = (normal([3, 5, 8]), normal([3, 5, 8]))
    func loss(backward: Bool) -> Double {
      let tape = replica.tape
      return tape.recording {
        let y = block(tape.constant(x), rotary: rotary, on: replica)
        if backward { tape.backward(from: [(y, seed)]) } else { tape.reset() }
        return zip(y.value.values, seed.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
      }
    }
    _ = loss(backward: true)
    for parameter in block.parameters {
      let gradient = try #require(replica.gradient(of: parameter)).values
      let start = parameter.value.values
      let direction = normal(parameter.value.shape).values
      let step: Float = 2e-3
      func moved(_ sign: Float) -> Double {
        parameter.value.set(zip(start, direction).map { $0 + sign * step * $1 })
        parameter.refresh()
        return loss(backward: false)
      }
      let numeric = (moved(1) - moved(-1)) / Double(2 * step)
      parameter.value.set(start)
      parameter.refresh()
      let exact = zip(gradient, direction).reduce(0) { $0 + Double($1.0) * Double($1.1) }
      #expect(abs(numeric - exact) < 5e-3 * (abs(exact) + 0.1), "\(parameter.name)")
    }
  }
}
