package dev.evenkeel.api;

import dev.evenkeel.model.ApiException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The operations that this server has, by name, and the way of a request to one of them.
public final class Operations implements Dispatcher {
  /// Told of what is our fault, once for each request that met it.
  @FunctionalInterface
  public interface Faults {
    void unexpected(String operation, Throwable cause);
  }

  private final Map<String, Operation> byName;
  private final Failures failures;

  /// @param values writes members of errors that are not strings
  public Operations(Collection<Operation> operations, ErrorBody.ValueWriter values, Faults faults) {
    this.failures = new Failures(values, faults);
    this.byName = HashMap.newHashMap(operations.size());
    for (Operation operation : operations) {
      if (byName.put(operation.name(), operation) != null) {
        throw new IllegalArgumentException("two operations are named " + operation.name());
      }
    }
  }

  @Override
  public String operation(String target) {
    int dot = target.indexOf('.');
    @Nullable Operation operation = byName.get(target.substring(dot + 1));
    return operation != null
            && dot == operation.service().length()
            && target.startsWith(operation.service())
        ? operation.name()
        : "";
  }

  @Override
  public void dispatch(String operation, byte[] body, Consumer<Response> reply) {
    Reply once = new Reply(operation, failures, reply);
    @Nullable Operation called = byName.get(operation);
    if (called == null) {
      once.fail(ApiException.of(ApiException.Kind.UNKNOWN_OPERATION, null));
      return;
    }
    try {
      called.run(called.input().read(body), once);
    } catch (Throwable cause) {
      once.fail(cause);
    }
  }

  @Override
  public Response error(ApiException error) {
    return failures.error(error);
  }
}
