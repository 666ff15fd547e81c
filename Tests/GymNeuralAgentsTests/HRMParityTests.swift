import Foundation
import GymJSON
import GymNeuralAgents
import GymSafeTensors
import GymTestSupport
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

  @Test("A number that is not one never agrees")
  func notANumber() throws {
    let folder = try TemporaryFolder()
    let copy = folder["recording"]
    try FileManager.default.copyItem(at: Self.recordings[0], to: copy)
    let file = copy.appendingPathComponent("training_steps.safetensors")
    var bytes = try Data(contentsOf: file)
    let length = bytes.prefix(8).enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
    let header = try JSON(parsing: [UInt8](bytes[8..<8 + length]))
    let names = try #require(header.object).map(\.name)
    let name = try #require(names.first { $0.hasSuffix(".logits") })
    let start = try #require(header[name]?["data_offsets"]?[0]?.integer)
    let place = 8 + length + start
    bytes.replaceSubrange(place..<place + 4, with: [0, 0, 0xC0, 0x7F])
    try bytes.write(to: file)
    var parity = try HRMParity(folder: copy, workers: 1)
    let results = try parity.run()
    #expect(results.first { $0.kind == .logits }?.error == .infinity)
  }
}
