import Foundation
import GymNeuralAgents
import GymSafeTensors
import Testing

@Suite struct HRMParityTests {
  /// The folders of recordings: our PyTorch version's, and two of the released implementation.
  static let recordings: [URL] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return ["parity", "parity/released-rope", "parity/released-learned"]
      .map { root.appendingPathComponent("Fixtures/\($0)") }
  }()

  @Test(
    "Every number of a recording is repeated to 1e-4 of its tensor's largest",
    arguments: recordings, [1, 2])
  func everyNumberAgrees(recording: URL, workers: Int) throws {
    var parity = try HRMParity(folder: recording, workers: workers)
    let results = try parity.run()
    #expect(results.map(\.kind) == HRMParity.Kind.allCases)
    // Gradients and weights are recorded at some steps only; all that are must be compared.
    let recorded = try SafeTensorsFile(
      contentsOf: recording.appendingPathComponent("training_steps.safetensors"))
    let parts: [(HRMParity.Kind, String)] = [(.gradients, ".grad."), (.weights, ".after.")]
    for (kind, part) in parts {
      let count = recorded.names.count { $0.contains(part) }
      #expect(results.first { $0.kind == kind }?.tensors == count, "\(kind.rawValue)")
      #expect(count > 0, "\(kind.rawValue)")
    }
    for result in results {
      #expect(result.error < 1e-4, "\(result.kind.rawValue): \(result.worst)")
    }
  }
}
