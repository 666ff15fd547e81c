import CJSONC

extension JSON {
  /// The version of json-c in use, such as 0.16.
  public static var libraryVersion: String { String(cString: json_c_version()) }
}
