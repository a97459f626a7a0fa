package dev.evenkeel.api;

import dev.evenkeel.model.ApiException;

/// Turns what an operation throws into an answer.
final class Failures {
  private final ErrorBody.ValueWriter values;
  private final Operations.Faults faults;

  Failures(ErrorBody.ValueWriter values, Operations.Faults faults) {
    this.values = values;
    this.faults = faults;
  }

  Response response(String operation, Throwable cause) {
    if (cause instanceof ApiException error) {
      return error(error);
    }
    faults.unexpected(operation, cause);
    return error(
        ApiException.internal("The request processing has failed because of an unknown error"));
  }

  Response error(ApiException error) {
    return ErrorBody.of(error, values);
  }
}
