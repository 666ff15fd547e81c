import Foundation
import GymNeuralAgents
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
    for result in try parity.run() {
      #expect(result.tensors > 0)
      #expect(result.error < 1e-4, "\(result.kind.rawValue): \(result.worst)")
    }
  }
}
