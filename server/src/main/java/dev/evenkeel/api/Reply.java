package dev.evenkeel.api;

import java.util.function.Consumer;
import java.util.function.Supplier;

/// Where the outcome of one request goes: exactly once, from any thread.
public final class Reply {
  private final String operation;
  private final Failures failures;
  private final Consumer<Response> receiver;

  Reply(String operation, Failures failures, Consumer<Response> receiver) {
    this.operation = operation;
    this.failures = failures;
    this.receiver = receiver;
  }

  public void send(Response response) {
    receiver.accept(response);
  }

  /// Answers with the error that an [dev.evenkeel.model.ApiException] names; with an
  /// InternalServerError, and a report, for anything else.
  public void fail(Throwable cause) {
    receiver.accept(failures.response(operation, cause));
  }

  /// Answers with what `work` returns or throws.
  public void complete(Supplier<Response> work) {
    Response response;
    try {
      response = work.get();
    } catch (Throwable cause) {
      fail(cause);
      return;
    }
    send(response);
  }
}
