package dev.evenkeel.api.wire;

import dev.evenkeel.model.ApiException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/// A value that is read by a [ValueReader]: an object, or a list.
final class DelegatedShape<T> extends Shape<T> {
  final String model;
  private final ValueReader<T> reader;

  /// What stands in for a value whose reader refused it, until constraints are checked.
  private record Refused(ApiException problem) {}

  DelegatedShape(String model, ValueReader<T> reader) {
    this.model = model;
    this.reader = reader;
  }

  @Override
  T read(JsonParser parser, boolean element) {
    if (parser.currentToken().isScalarValue()) {
      throw Json.unexpectedScalar(element);
    }
    int depth = parser.streamReadContext().getNestingDepth();
    try {
      return reader.read(parser);
    } catch (ApiException problem) {
      if (problem.kind() != ApiException.Kind.VALIDATION) {
        throw problem;
      }
      skipTo(parser, depth);
      return refused(problem);
    }
  }

  @Override
  List<String> constraints() {
    return List.of();
  }

  @Override
  @Nullable String violated(T value) {
    return null;
  }

  @Override
  void checkWithin(T value, Violations violations) {
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

  /// Nobody sees the stand-in: [Members] throw its problem instead.
  @SuppressWarnings("unchecked")
  private T refused(ApiException problem) {
    return (T) new Refused(problem);
  }
}
