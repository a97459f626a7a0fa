package dev.evenkeel.api;

import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Limits;
import java.util.List;

/// Shapes that the operations on statements share.
final class StatementShapes {
  static final Shape<String> STATEMENT = Shape.string(1, Limits.STATEMENT_CHARS_MAX);
  static final Shape<List<AttributeValue>> PARAMETERS =
      Shape.list(ItemShapes.VALUE, 1, Integer.MAX_VALUE);

  private StatementShapes() {}
}
