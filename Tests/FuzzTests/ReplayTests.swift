import Foundation
import GymRandomness
import Testing

/// The readers of other people's files and messages, on nasty inputs, some of which `make fuzz`
/// found, and on damaged ones. `FUZZ_COUNT` sets how many damaged inputs each reader gets.
@Suite(.serialized) struct ReplayTests {
  private static let count =
    ProcessInfo.processInfo.environment["FUZZ_COUNT"].flatMap(Int.init) ?? 300

  /// Nasty inputs, by the reader's name; the names of files say what is wrong with them.
  private static let corpus = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("Corpus")

  /// The readers that have no nasty inputs: their files are large.
  private static let withoutCorpus: Set = ["board", "dataset"]

  @Test("Good inputs are read", arguments: Reader.all)
  func seeds(reader: Reader) throws {
    let seeds = try reader.seeds()
    #expect(!seeds.isEmpty)
    for (number, seed) in seeds.enumerated() {
      do { try reader.read(seed) } catch {
        Issue.record("\(reader.name), seed \(number): \(error)")
      }
    }
  }

  @Test("Nasty inputs are read or refused, never a crash", arguments: Reader.all)
  func nasty(reader: Reader) throws {
    let folder = Self.corpus.appendingPathComponent(reader.name)
    guard FileManager.default.fileExists(atPath: folder.path) else {
      #expect(Self.withoutCorpus.contains(reader.name), "there is no \(folder.path)")
      return
    }
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      do {
        _ = try reader.isRead(Array(Data(contentsOf: folder.appendingPathComponent(name))))
      } catch {
        Issue.record("\(reader.name), \(name): \(error)")
      }
    }
  }

  @Test("Damaged inputs are read or refused, never a crash", arguments: Reader.all)
  func damaged(reader: Reader) throws {
    let seeds = try reader.seeds()
    var refused = 0
    for number in 0..<Self.count {
      var random = RandomStream(key: RandomKey(seed: 5, reader.name), stream: UInt64(number))
      let bytes = Self.damage(seeds[number % seeds.count], using: &random)
      do {
        if try !reader.isRead(bytes) { refused += 1 }
      } catch {
        Issue.record("\(reader.name), number \(number): \(error)")
      }
    }
    #expect(refused > 0)
    print("\(reader.name): \(refused) of \(Self.count) damaged inputs refused")
  }

  @Test("The corpus has folders of known readers only, and is small")
  func corpusIsSmall() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.corpus.path)
    #expect(Set(names).isSubset(of: Reader.all.map(\.name)))
    let sizes = try FileManager.default.subpathsOfDirectory(atPath: Self.corpus.path).map {
      let values = try Self.corpus.appendingPathComponent($0).resourceValues(
        forKeys: [.isRegularFileKey, .fileSizeKey])
      return values.isRegularFile == true ? values.fileSize ?? 0 : 0
    }
    #expect(sizes.reduce(0, +) < 200_000)
  }

  private static func damage(
    _ whole: [UInt8], using random: inout RandomStream
  ) -> [UInt8] {
    var bytes = whole
    for _ in 0...random.below(4) where !bytes.isEmpty {
      let place = random.below(bytes.count)
      switch random.below(5) {
      case 0: bytes[place] = UInt8(random.below(256))
      case 1: bytes.remove(at: place)
      case 2: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 9)], at: place)
      case 3: bytes[place] = random.element(of: Array("[]{},:\"0159-.e \n\r".utf8)) ?? 0
      default: bytes.removeSubrange(place..<min(bytes.count, place + random.below(20)))
      }
    }
    return bytes
  }
}
