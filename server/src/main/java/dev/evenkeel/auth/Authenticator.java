package dev.evenkeel.auth;

import dev.evenkeel.environment.Clock;

/// Decides whether a request may be served at all.
@FunctionalInterface
public interface Authenticator {
  /// Returns when the request may be served.
  ///
  /// @param body the body as it was sent, before any decoding
  /// @throws dev.evenkeel.model.ApiException when it may not
  void authenticate(RequestHead head, byte[] body);

  /// Accepts everything. Only for a server that is reachable from its own machine alone.
  static Authenticator anyCaller() {
    return (head, body) -> {};
  }

  /// Requires a valid signature by one of `keys`. Without any key nothing is accepted.
  ///
  /// @param region the region that signatures have to be scoped to
  static Authenticator signatureV4(AccessKeys keys, String region, Clock clock) {
    return new SignatureV4(keys::find, new Scope(region, "dynamodb"), clock);
  }

  /// Accepts everything while there is no key and requires a signature as soon as there is one.
  /// Only for a server that is reachable from its own machine alone.
  static Authenticator whenConfigured(AccessKeys keys, String region, Clock clock) {
    Authenticator signed = signatureV4(keys, region, clock);
    return (head, body) -> {
      if (!keys.isEmpty()) {
        signed.authenticate(head, body);
      }
    };
  }
}
