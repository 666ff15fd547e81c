import Foundation
import GymCore
import GymRandomness
import GymSafeTensors
import GymTensors
import GymTestSupport
import Testing

@Suite struct SafeTensorsTests {
  private func withFile(_ body: (URL) throws -> Void) throws {
    try withTemporaryFolder { try body($0.appendingPathComponent("some.safetensors")) }
  }

  private func content() -> SafeTensorsContent {
    var content = SafeTensorsContent()
    content.add("b", Tensor([1, -2.5, .infinity, 3e-40, 0, -0.0], shape: [2, 3]))
    content.add("a.ü", integers: [7, -8], shape: [2])
    content.add("d", doubles: [0.1, .leastNonzeroMagnitude], shape: [2, 1])
    content.add("empty", integers: [], shape: [0, 4])
    let half = Tensor(zeros: [3], type: .bfloat16)
    half.set([1, 1.5, -3])
    content.add("half", half)
    content.metadata = ["format": "pt", "note": "two\nlines"]
    return content
  }

  @Test("Written tensors are read back unchanged")
  func readsBackWhatItWrote() throws {
    try withFile { url in
      try content().write(to: url)
      let file = try SafeTensorsFile(contentsOf: url)
      #expect(file.names == ["a.ü", "b", "d", "empty", "half"])
      #expect(try file.floats("b") == [1, -2.5, .infinity, 3e-40, 0, -0.0])
      #expect(try file.entry("b").shape == [2, 3])
      #expect(try file.integers("a.ü") == [7, -8])
      #expect(try file.doubles("d") == [0.1, .leastNonzeroMagnitude])
      #expect(try file.floats("half") == [1, 1.5, -3])
      #expect(try file.integers("empty").isEmpty)
      #expect(file.metadata == ["format": "pt", "note": "two\nlines"])
    }
  }

  @Test("The same tensors give the same bytes")
  func writesTheSameBytes() throws {
    try withFile { first in
      try withFile { second in
        try content().write(to: first)
        try content().write(to: second)
        #expect(try Data(contentsOf: first) == Data(contentsOf: second))
        #expect(try Data(contentsOf: first).prefix(8).first.map { $0 % 8 } == 0)
      }
    }
  }

  @Test("Wrong shapes, types and names are rejected")
  func refusesWrongShapesTypesAndNames() throws {
    try withFile { url in
      try content().write(to: url)
      let file = try SafeTensorsFile(contentsOf: url)
      #expect(throws: GymError.self) { try file.tensor("b", shape: [3, 2]) }
      #expect(throws: GymError.self) { try file.integers("b") }
      #expect(throws: GymError.self) { try file.floats("a.ü") }
      #expect(throws: GymError.self) { try file.floats("missing") }
    }
  }

  @Test(
    "A header that does not match the data is rejected",
    arguments: [
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#,
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[1],"data_offsets":[7,8]}}"#,
      #"{"a":{"dtype":"F32","shape":[9223372036854775807,2],"data_offsets":[0,8]}}"#,
      #"{"a":{"dtype":"U8","shape":[1125899906842624,0],"data_offsets":[0,0]},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#,
      #"{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}"#,
      #"{"a":{"dtype":"C64","shape":[1],"data_offsets":[0,8]}}"#,
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,9223372036854775807]}}"#,
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#,
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,null,8]}}"#,
      #"{"a":{"dtype":"F32","shape":[2]}}"#, #"{"a":7}"#, #"[]"#, #"{"a":"#,
      #"{"__metadata__":{"x":1}}"#,
    ])
  func refusesAHeaderThatLies(header: String) throws {
    try withFile { url in
      var data = Data([UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0])
      data.append(Data(header.utf8))
      data.append(Data(count: 8))
      try data.write(to: url)
      #expect(throws: GymError.self) { try SafeTensorsFile(contentsOf: url) }
    }
  }

  @Test(
    "Other files are called no safetensors files, and cut ones cut",
    arguments: [
      ("", "no safetensors file: it has 0 bytes"), ("short", "no safetensors file: it has 5 bytes"),
      ("A file of text, and no weights in it.", "this is no safetensors file; expected"),
      ("{\n  \"format\": \"reasongym-dataset@1\"\n}", "this is no safetensors file; expected"),
      ("\u{50}\0\0\0\0\0\0\0{\"a\":{", "is cut: its header claims 80 bytes, and it has 14"),
    ])
  func otherFiles(text: String, words: String) throws {
    try withFile { url in
      try Data(text.utf8).write(to: url)
      let error = #expect(throws: GymError.self) { try SafeTensorsFile(contentsOf: url) }
      #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }
  }

  @Test("Mutated files are read or rejected, never a trap")
  func mutatedFilesNeverTrap() throws {
    try withFile { url in
      try content().write(to: url)
      let whole = try Data(contentsOf: url)
      var random = RandomStream(seed: 11, "mutations")
      for length in stride(from: 0, to: whole.count, by: 7) {
        try whole.prefix(length).write(to: url)
        #expect(throws: GymError.self) { try SafeTensorsFile(contentsOf: url) }
      }
      var (read, refused) = (0, 0)
      for number in 0..<500 {
        var copy = whole
        copy[random.below(copy.count)] = UInt8(random.below(256))
        try copy.write(to: url)
        do {
          let file = try SafeTensorsFile(contentsOf: url)
          for name in file.names {
            let count = try file.entry(name).count
            // One of them has another type.
            for found in [try? file.floats(name).count, try? file.integers(name).count] {
              #expect(found == nil || found == count, "seed 11, number \(number), \(name)")
            }
          }
          read += 1
        } catch {
          #expect(error is GymError, "seed 11, number \(number): \(error)")
          refused += 1
        }
      }
      #expect(read > 0 && refused > 0, "\(read) read, \(refused) refused")
    }
  }

  @Test("A missing folder is an error and leaves no file")
  func aFolderThatIsNotThereIsAnErrorAndLeavesNothing() throws {
    let url = URL(fileURLWithPath: "/nonexistent-folder/x.safetensors")
    #expect(throws: GymError.self) { try content().write(to: url) }
    #expect(!FileManager.default.fileExists(atPath: "/nonexistent-folder"))
  }
}
