package dev.evenkeel.api.wire;

import dev.evenkeel.model.ApiException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/// A value that is read by a [ValueReader].
final class DelegatedShape<T> extends Shape<T> {
  final String model;
  private final ValueReader<T> reader;

  /// What stands in for a value whose reader refused it, until constraints are checked.
  private record Refused(ApiException problem) {}

  /// What a refused value reads as; null: the request is refused.
  private final @Nullable Function<ApiException, T> standIn;

  DelegatedShape(String model, ValueReader<T> reader, @Nullable Function<ApiException, T> standIn) {
    this.model = model;
    this.reader = reader;
    this.standIn = standIn;
  }

  @Override
  T read(JsonParser parser, boolean element) {
    int depth = parser.streamReadContext().getNestingDepth();
    boolean scalar = parser.currentToken().isScalarValue();
    try {
      return reader.read(parser);
    } catch (ApiException problem) {
      if (problem.kind() != ApiException.Kind.VALIDATION) {
        throw problem;
      }
      if (!scalar) {
        skipTo(parser, depth);
      }
      return standIn == null ? refused(problem) : standIn.apply(problem);
    }
  }

  @Override
  void check(T value, Violations violations) {
    if ((Object) value instanceof Refused refused) {
      violations.postpone(refused.problem());
    }
  }

  @Override
  String javaType() {
    return Json.modelClass(model);
  }

  @Override
  public String shown(T value) {
    return model;
  }

  /// Reads on until the structure or list whose inside has that depth is closed.
  private static void skipTo(JsonParser parser, int depth) {
    while (parser.streamReadContext().getNestingDepth() >= depth) {
      if (parser.nextToken() == null) {
        throw Json.malformed();
      }
    }
  }

  /// Nobody sees the stand-in: [Violations] throws its problem before members are handed out.
  @SuppressWarnings("unchecked")
  private T refused(ApiException problem) {
    return (T) new Refused(problem);
  }
}
