import Foundation
import Gym
import GymDatasets
import GymJSON
import GymRandomness
import GymTestSupport
import Testing

@Suite struct NpyTests {
  private func npy(
    _ header: String, _ data: [UInt8], version: UInt8 = 1, length: Int? = nil
  ) -> Data {
    let length = length ?? header.utf8.count
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [version, 0]
    bytes += (0..<(version == 1 ? 2 : 4)).map { UInt8(length >> (8 * $0) & 255) }
    return Data(bytes + Array(header.utf8) + data)
  }

  private func open(_ data: Data) throws -> NpyArray {
    let scratch = try TemporaryFolder()
    try data.write(to: scratch["a.npy"])
    return try NpyArray(scratch["a.npy"])
  }

  @Test("Headers in any valid form are read", arguments: [1, 2, 3] as [UInt8])
  func headersInAnyForm(version: UInt8) throws {
    let forms = [
      "{'descr': '<i2', 'fortran_order': False, 'shape': (2, 3), }   \n",
      "{\"shape\": (2,3), \"descr\": \"<i2\", \"fortran_order\": False}\n",
      "{'fortran_order':False,'shape':( 2 , 3 , ),'descr':'<i2'}",
    ]
    for form in forms {
      let array = try open(npy(form, [UInt8](repeating: 7, count: 12), version: version))
      #expect(array.shape == [2, 3] && array.element == .int16 && array.count == 6)
    }
  }

  @Test(
    "A faulty npy header is refused with what is wrong",
    arguments: [
      ("{'descr': '<i2', 'fortran_order': True, 'shape': (2, 3), }", "Fortran"),
      ("{'descr': '>i2', 'fortran_order': False, 'shape': (2, 3), }", ">i2"),
      ("{'descr': '|O', 'fortran_order': False, 'shape': (2, 3), }", "|O"),
      ("{'descr': [('a', '<i2')], 'fortran_order': False, 'shape': (6,), }", "quotes"),
      ("{'descr': '<i2', 'fortran_order': False, 'shape': (-2, 3), }", "extent"),
      ("{'descr': '<i2', 'fortran_order': False, 'shape': (99999999999999999999, 3), }", "extent"),
      ("{'descr': '<i2', 'fortran_order': False, 'shape': (9223372036854775807, 3), }", "large"),
      ("{'descr': '<i2', 'fortran_order': False, 'shape': (2, 4), }", "expected 85"),
      ("{'descr': '<i2', 'fortran_order': False, 'shape': (2, 2), }", "bytes"),
      ("{'descr': '<i2', 'fortran_order': False, }", "missing"),
      ("{'descr': '<i2', 'descr': '<i2', 'fortran_order': False, 'shape': (2, 3)}", "descr"),
      ("{'descr': '<i2', 'fortran_order': False, 'shape': (2, 3)} x", "after"),
      ("{'descr': '<i2', 'fortran_order': 0, 'shape': (2, 3)}", "fortran_order"),
      ("{'descr: 2", "quotes"), ("", "{"), ("[]", "{"),
    ])
  func faultyHeadersAreRefused(header: String, hint: String) {
    let error = failure { _ = try open(npy(header, [UInt8](repeating: 0, count: 12))) }
    #expect(error.contains("a.npy: ") && error.contains(hint), "\(error)")
  }

  @Test("How an array is saved so that it can be read is said")
  func theRemedyForAnArrayIsSaid() {
    let fortran = "{'descr': '<i2', 'fortran_order': True, 'shape': (2, 3), }"
    #expect(failure { _ = try open(npy(fortran, [])) }.contains("ascontiguousarray"))
    let big = "{'descr': '>i2', 'fortran_order': False, 'shape': (2, 3), }"
    #expect(failure { _ = try open(npy(big, [])) }.contains("astype(\"<i4\")"))
  }

  @Test("Sizes in a header are checked against the file")
  func sizesAreNotBelieved() {
    let header = "{'descr': '|u1', 'fortran_order': False, 'shape': (0,), }"
    #expect(failure { _ = try open(npy(header, [], length: 60_000)) }.contains("cut off"))
    #expect(
      failure { _ = try open(npy(header, [], version: 2, length: 0xFFFF_FFFF)) }
        .contains("at most"))
    #expect(failure { _ = try open(Data()) }.contains("does not begin"))
    #expect(failure { _ = try open(npy(header, [], version: 4)) }.contains("version"))
  }

  /// Any change of a dataset's files is read or refused, never a crash.
  @Test("Mutated arrays are read or rejected, never a crash")
  func mutatedFilesNeverCrash() throws {
    let scratch = try TemporaryFolder()
    var generator = DatasetGenerator(counts: ["train": 8], seed: 1)
    generator.augmentations = 1
    _ = try generator.generate(Toy(), to: scratch["d"], control: .workers(1))
    let files = try contents(of: scratch["d"]).sorted { $0.key < $1.key }
    var random = RandomStream(seed: 11, "mutations")
    var (opened, refused) = (0, 0)
    for number in 0..<300 {
      let chosen = random.element(of: files)
      let (path, bytes) = try #require(chosen)
      var mutated = [UInt8](bytes)
      switch random.below(4) {
      case 0: mutated.removeLast(random.below(mutated.count))
      case 1: mutated += [UInt8](repeating: 0, count: 1 + random.below(300))
      default:
        for _ in 0..<1 + random.below(4) {
          mutated[random.below(mutated.count)] = UInt8(random.below(256))
        }
      }
      let file = scratch["d"].appendingPathComponent(path)
      try Data(mutated).write(to: file)
      do {
        let folder = try Dataset(scratch["d"])
        for split in folder.splits {
          _ = try split.batch(0..<split.count)
          _ = try split.example(split.count - 1)
          _ = try split.contentHash()
        }
        opened += 1
      } catch {
        #expect(
          error is GymError || error is JSONError, "seed 11, number \(number), \(path): \(error)")
        refused += 1
      }
      try bytes.write(to: file)
    }
    #expect(opened > 2 && refused > 200, "\(opened) opened, \(refused) refused")
  }
}
