package dev.evenkeel.api;

import dev.evenkeel.model.ApiException;
import java.util.function.Consumer;

/// The door between the HTTP endpoint and the operations.
public interface Dispatcher {
  /// The operation's name where `target` (the value of `X-Amz-Target`) names one that this server
  /// has, else empty: the caller then answers [#error] with UnknownOperationException, before it
  /// looks at the signature.
  String operation(String target);

  /// Runs one authenticated request. Calls `reply` exactly once, on this thread or another, also
  /// for errors; never throws for a bad request, and never blocks the calling thread.
  ///
  /// @param operation as [#operation] named it
  /// @param body the decoded body; the callee owns it
  void dispatch(String operation, byte[] body, Consumer<Response> reply);

  /// The body of an error.
  Response error(ApiException error);
}
