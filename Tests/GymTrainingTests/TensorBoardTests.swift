import Foundation
import GymJSON
import GymTestSupport
import GymTraining
import Testing

@Suite struct TensorBoardTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private static let date = Date(timeIntervalSince1970: 1_700_000_000.5)

  /// Frames that the tensorboard package 2.21.0 made: `tensorboard.compat.proto.event_pb2.Event`,
  /// with `masked_crc32c` of its pywrap_tensorflow.
  private static let version =
    "1800000000000000a37f4b220900002040fc54d9411a0d627261696e2e4576656e743a322b353110"
  private static let summary =
    "3f00000000000000516576610900002040fc54d94110ac022a310a0b0a046c6f7373150000803e0a220a046e6f74"
    + "654210080712041202080142062a2a68692a2a4a080a060a04746578745b44a30b"

  @Test("CRC-32C gives the check value of its definition")
  func check() {
    #expect(CRC32C.checksum(of: Array("123456789".utf8)) == 0xE306_9283)
    #expect(CRC32C.checksum(of: []) == 0)
    #expect(CRC32C.checksum(of: [UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
  }

  @Test("Events are byte for byte those that TensorBoard's own package writes")
  func bytes() throws {
    let file = try EventFile(in: folder.url, from: 0, date: Self.date)
    try file.write(
      [("loss", .scalar(0.25)), ("note", .text("**hi**"))], step: 300, date: Self.date)
    let text = try Data(contentsOf: file.url).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
    #expect(text.hasPrefix(Self.version))
    #expect(text.hasSuffix(Self.summary))
  }

  @Test("A later file of the same second comes later by its name")
  func names() throws {
    let names = try (0..<3).map { _ in
      try EventFile(in: folder.url, from: 1, date: Self.date).url.lastPathComponent
    }
    #expect(Set(names).count == 3)
    #expect(names == names.sorted())
  }

  @Test("Lines become values; what is not a number is left out")
  func lines() throws {
    let run = RunFolder(folder.url.appendingPathComponent("first"))
    let log = try TensorBoardLog(in: folder.url, run: run, from: 0, flops: 5)
    #expect(log.folder.lastPathComponent == "first")
    try log.write(["step": 10, "loss": 2.5, "exact-accuracy": nil, "flops": 7])
    try log.write(["step": 10, "validation": ["exact": ["accuracy": 0.5], "by-rating": [:]]])
    try log.write(["nothing": "of interest"])
    try log.write(["step": "ten", "validation": 3])
    let bytes = try Data(contentsOf: #require(files(of: log).first))
    for tag in ["train/loss", "cost/flops", "validation/exact-accuracy"] {
      #expect(bytes.range(of: Data(tag.utf8)) != nil, "\(tag)")
    }
    for tag in ["train/exact-accuracy", "validation/by-rating"] {
      #expect(bytes.range(of: Data(tag.utf8)) == nil, "\(tag)")
    }
  }

  @Test("Runs of one name in different folders do not share their events; a resumed run does")
  func namesakes() throws {
    func log(_ path: String) throws -> TensorBoardLog {
      let run = RunFolder(folder.url.appendingPathComponent(path))
      return try TensorBoardLog(
        in: folder.url.appendingPathComponent("logs"), run: run, from: 0, flops: 0)
    }
    let first = try log("a/run")
    let other = try log("b/run")
    let resumed = try log("a/run")
    #expect(first.folder.lastPathComponent == "run" && resumed.folder.path == first.folder.path)
    #expect(other.folder.lastPathComponent == "run-2")
    #expect(try files(of: first).count == 2)
    #expect(try files(of: other).count == 1)
  }

  private func files(of log: TensorBoardLog) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: log.folder, includingPropertiesForKeys: nil)
      .filter { $0.lastPathComponent.hasPrefix("events.") }
  }

  @Test("Training reports every line that it logs")
  func trainingReportsLines() throws {
    let test = try TestRun()
    let run = try test.create("run")
    var lines: [JSON] = []
    _ = try run.train(until: StopSignal()) { event in
      if case .logged(let line) = event { lines.append(line) }
    }
    let reader = try JSONLinesReader(contentsOf: run.folder.metricsFile)
    var written: [JSON] = []
    while let line = try reader.next() { written.append(line) }
    #expect(!lines.isEmpty && lines == written)
  }
}
