import Foundation
import GymTestSupport
import GymUnpacking
import Testing

@Suite struct PlainBytesTests {
  /// "one\ntwo\n", as `gzip -n` packs it.
  private static let packed =
    Data(base64Encoded: "H4sIAAAAAAAC/8vPS+UqKc/nAgDmC7oSCAAAAA==") ?? Data()

  /// What a file that holds some bytes reads as, or what is wrong with it.
  private func text(_ bytes: Data) throws -> String {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("some")
      try bytes.write(to: url)
      let handle = try FileHandle(forReadingFrom: url)
      defer { try? handle.close() }
      return try text(of: handle.fileDescriptor)
    }
  }

  private func text(of descriptor: Int32) throws -> String {
    do {
      let plain = try PlainBytes(of: descriptor)
      var read: [UInt8] = []
      while try plain.read(to: &read) {}
      return String(decoding: read, as: UTF8.self)
    } catch {
      return "\(error.message); expected \(error.expected ?? "nothing")"
    }
  }

  @Test(
    "Plain text is passed on unchanged",
    arguments: ["", "a", "one\ntwo\n", "é🙂\u{0}\r\n", "\u{1F}"])
  func plainTextIsAsItIs(content: String) throws {
    #expect(try text(Data(content.utf8)) == content)
    #expect(try text(Data("\u{FEFF}\(content)".utf8)) == content)
  }

  @Test("Long texts are delivered in parts")
  func longTextsComeInParts() throws {
    let long = String(repeating: "0123456789", count: 200_000)
    #expect(try text(Data(long.utf8)) == long)
    let wide = try #require(long.data(using: .utf16LittleEndian))
    #expect(try text(Data([0xFF, 0xFE]) + wide) == long)
  }

  @Test("gzip is unpacked")
  func gzipIsUnpacked() throws {
    #expect(try text(Self.packed) == "one\ntwo\n")
    #expect(try text(Self.packed + Self.packed) == "one\ntwo\none\ntwo\n")
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: Self.packed)
    try pipe.fileHandleForWriting.close()
    #expect(try text(of: pipe.fileHandleForReading.fileDescriptor) == "one\ntwo\n")
  }

  @Test("A missing or foreign library is an error that says what to install")
  func missingLibraries() throws {
    for names in [["libnowhere.so"], ["libnowhere.so", "libm.so.6"]] {
      let fault = #expect(throws: UnpackingFault.self) { try Zlib(names: names) }
      #expect(fault?.expected?.contains("apt-get install zlib1g") == true)
    }
  }

  @Test("Truncated and damaged files are named")
  func whatIsCutOrDamagedIsNamed() throws {
    for count in [11, 15, Self.packed.count - 1] {
      let cut = try text(Self.packed.prefix(count))
      #expect(cut.contains("the file is gzip, and cut off"), "\(count): \(cut)")
    }
    var damaged = Self.packed
    damaged[Self.packed.count - 6] ^= 1
    #expect(try text(damaged).contains("the file is gzip, and damaged"))
  }

  @Test("UTF-16 is read", arguments: [true, false], [true, false])
  func utf16IsRead(isBigEndian: Bool, isMarked: Bool) throws {
    let content = "question,é🙂\r\n1\n"
    let encoding = isBigEndian ? String.Encoding.utf16BigEndian : .utf16LittleEndian
    let mark = isMarked ? Data(isBigEndian ? [0xFE, 0xFF] : [0xFF, 0xFE]) : Data()
    let bytes = mark + (try #require(content.data(using: encoding)))
    #expect(try text(bytes) == content)
    #expect(try text(bytes.dropLast()).contains("the file is UTF-16, and broken"))
  }

  @Test("An unpaired surrogate is rejected")
  func halfAPairIsNoCharacter() throws {
    for units: [UInt8] in [[0x3D, 0xD8], [0x3D, 0xD8, 0x61, 0x00], [0x42, 0xDE, 0x61, 0x00]] {
      #expect(try text(Data([0xFF, 0xFE] + units)).contains("the file is UTF-16, and broken"))
    }
  }

  /// The beginning of a zip archive whose first file has a name.
  private static func archive(_ name: String) -> String {
    "PK\u{3}\u{4}" + String(repeating: "\0", count: 22)
      + "\(Unicode.Scalar(UInt8(name.utf8.count)))\0\0\0\(name)"
  }

  @Test("What gzip packed twice, and UTF-32, are named in the error")
  func whatIsNoTextIsNamed() throws {
    let twice = try #require(
      Data(base64Encoded: "H4sIAAAAAAAC/5Pv5mAAAab/p897P9XSPP+cieEZ9y4hkCgAzmri4BwAAAA="))
    #expect(try text(twice).contains("packed by gzip twice"))
    let wide = try #require("one".data(using: .utf32LittleEndian))
    #expect(try text(Data([0xFF, 0xFE, 0, 0]) + wide).contains("the file is in UTF-32"))
  }

  @Test(
    "Other compressed formats are named in the error",
    arguments: [
      (archive("[Content_Types].xml"), "a spreadsheet", "CSV"),
      (archive("xl/a"), "a spreadsheet", "CSV"),
      (archive("inputs.npy"), "NumPy's arrays", "folder"),
      (archive("p.csv"), "a zip archive", "unzip -p"),
      ("version https://git-lfs.github.com/spec/v1\noid", "Git LFS", "git lfs pull"),
      ("<!DOCTYPE html>\n<html>", "a web page", "download the file itself"),
      ("PK\u{3}\u{4}rest", "a zip archive", "unzip -p"), ("BZh91AY", "bzip2", "bzip2 -dc"),
      ("PAR1....", "a Parquet table", "to_csv"), ("SQLite format 3\0", "SQLite", "CSV"),
      (String(repeating: "a", count: 257) + "ustar", "a tar archive", "unpack it"),
    ]) func otherKindsAreNamed(content: String, name: String, advice: String) throws
  {
    let fault = try text(Data(content.utf8))
    #expect(fault.contains(name) && fault.contains(advice), "\(fault)")
  }
}
