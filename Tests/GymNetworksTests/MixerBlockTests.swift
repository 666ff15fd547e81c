import GymNetworks
import GymRandomness
import GymTensors
import Testing

@Suite struct MixerBlockTests {
  private let length = 5

  private func block() throws -> MixerBlock {
    let configuration = try #require(BlockConfiguration(hidden: 8, heads: 2, expansion: 1))
    return MixerBlock(
      "b", length: length, configuration, expansion: 1, initializer: Initializer(seed: 2),
      computeType: .float32)
  }

  private func normal(_ shape: Shape, _ name: String) -> Tensor {
    var stream = RandomStream(seed: 8, name)
    return Tensor((0..<shape.count).map { _ in Float(stream.normal()) }, shape: shape)
  }

  /// The gradients of every weight and of the input against central differences, along random
  /// directions.
  @Test("The gradients of a mixer block agree with finite differences")
  func gradients() throws {
    let block = try block()
    // A linear map makes the input a variable that requires a gradient.
    let input = Parameter("input", normal([8, 8], "map"))
    let parameters = block.parameters + [input]
    let replica = Replica(activationType: .float32)
    replica.makeGradients(for: parameters)
    let (x, seed) = (normal([3, length, 8], "x"), normal([3, length, 8], "seed"))
    func loss(backward: Bool) -> Double {
      let tape = replica.tape
      return tape.recording {
        let mapped = tape.linear(tape.constant(x), replica.weight(input))
        let y = block(mapped, rotary: nil, on: replica)
        if backward { tape.backward(from: [(y, seed)]) } else { tape.reset() }
        return zip(y.value.values, seed.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
      }
    }
    _ = loss(backward: true)
    for parameter in parameters {
      let gradient = try #require(replica.gradient(of: parameter)).values
      let start = parameter.value.values
      let direction = normal(parameter.value.shape, parameter.name).values
      func moved(_ distance: Float) -> Double {
        parameter.value.set(zip(start, direction).map { $0 + distance * $1 })
        parameter.refresh()
        return loss(backward: false)
      }
      func slope(_ step: Float) -> Double { (moved(step) - moved(-step)) / Double(2 * step) }
      // Richardson's extrapolation cancels the error of order step².
      let numeric = (4 * slope(1e-3) - slope(2e-3)) / 3
      parameter.value.set(start)
      parameter.refresh()
      let exact = zip(gradient, direction).reduce(0) { $0 + Double($1.0) * Double($1.1) }
      #expect(
        abs(numeric - exact) < 5e-3 * (abs(exact) + 0.1),
        "\(parameter.name): \(numeric), not \(exact)")
    }
  }

  /// Positions are mixed: a change of one reaches every other, but no other sequence.
  @Test("A mixer block mixes the positions of a sequence, not sequences")
  func mixesPositionsOfOneSequence() throws {
    let (block, replica) = (try block(), Replica(activationType: .float32))
    let x = normal([2, length, 8], "x")
    var values = x.values
    values[3] += 1
    func result(_ values: [Float]) -> [Float] {
      block(
        replica.tape.constant(Tensor(values, shape: x.shape)), rotary: nil, on: replica
      ).value.values
    }
    let (before, after) = (result(x.values), result(values))
    let row = 8
    for position in 0..<2 * length {
      let range = position * row..<(position + 1) * row
      #expect((before[range] != after[range]) == (position < length), "position \(position)")
    }
  }

  /// Two for each multiplication with addition: 2·3·m·S·D for the positions, with m = 256 here,
  /// and as many for the numbers.
  @Test("The operations of a mixer block are counted")
  func operationsAreCounted() throws {
    let (block, replica) = (try block(), Replica(activationType: .float32))
    let x = replica.tape.constant(normal([1, length, 8], "x"))
    let counted = replica.tape.counting { block(x, rotary: nil, on: replica) }
    #expect(counted.flops == Double(2 * 2 * 3 * 256 * length * 8))
  }
}
