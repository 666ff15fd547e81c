extension ReasonGym {
  /// The version of the program and the package, as `reasongym --version` prints it: a release's
  /// number, with `-dev` behind it until that release is tagged.
  public static let version = "0.1.0-dev"
}
