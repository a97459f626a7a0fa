package dev.evenkeel.auth;

/// What a signature has to be made for.
record Scope(String region, String service) {
  /// The last element of every credential scope.
  static final String TERMINATOR = "aws4_request";
}
