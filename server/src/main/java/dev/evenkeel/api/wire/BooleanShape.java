package dev.evenkeel.api.wire;

import dev.evenkeel.model.ApiException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/// True or false.
final class BooleanShape extends Shape<Boolean> {
  static final BooleanShape INSTANCE = new BooleanShape();

  private BooleanShape() {}

  @Override
  Boolean read(JsonParser parser, boolean element) {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_STRING ->
          throw ApiException.serialization("Unexpected token received from parser");
      case null, default -> throw Json.unexpected(parser, "java.lang.Boolean");
    };
  }

  @Override
  List<String> constraints() {
    return List.of();
  }

  @Override
  @Nullable String violated(Boolean value) {
    return null;
  }

  @Override
  String javaType() {
    return "java.lang.Boolean";
  }
}
