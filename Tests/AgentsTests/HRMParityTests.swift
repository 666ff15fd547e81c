import Agents
import Foundation
import Testing

@Suite struct HRMParityTests {
  /// Recordings of the released implementation, if they lie beside the repository.
  static let recordings: [URL] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let folders = ["Fixtures/parity", "../shared/parity/rope", "../shared/parity/learned"]
    return folders.map { root.appendingPathComponent($0) }
      .filter {
        FileManager.default.fileExists(atPath: $0.appendingPathComponent("config.json").path)
      }
  }()

  @Test(arguments: recordings, [1, 2]) func everyNumberAgrees(recording: URL, workers: Int) throws {
    var parity = try HRMParity(folder: recording, workers: workers)
    for result in try parity.run() {
      #expect(result.tensors > 0)
      #expect(result.error < 1e-4, "\(result.kind.rawValue): \(result.worst)")
    }
  }
}
