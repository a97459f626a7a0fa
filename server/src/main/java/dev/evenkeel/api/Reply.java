package dev.evenkeel.api;

import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Where the outcome of one request goes: exactly once, from any thread.
public final class Reply {
  private final String operation;
  private final Failures failures;
  private final Consumer<Response> receiver;

  /// Sees to some failures in another way.
  private final Predicate<Throwable> otherwise;

  Reply(String operation, Failures failures, Consumer<Response> receiver) {
    this(operation, failures, receiver, _ -> false);
  }

  private Reply(
      String operation,
      Failures failures,
      Consumer<Response> receiver,
      Predicate<Throwable> otherwise) {
    this.operation = operation;
    this.failures = failures;
    this.receiver = receiver;
    this.otherwise = otherwise;
  }

  /// A reply to the same request, of which a failure is not answered where `taken` says that it
  /// sees to an answer: then nothing was sent.
  Reply unless(Predicate<Throwable> taken) {
    return new Reply(operation, failures, receiver, taken);
  }

  public void send(Response response) {
    receiver.accept(response);
  }

  /// Answers with the error that an [dev.evenkeel.model.ApiException] names; with an
  /// InternalServerError, and a report, for anything else.
  public void fail(Throwable cause) {
    if (!otherwise.test(cause)) {
      receiver.accept(failures.response(operation, cause));
    }
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
