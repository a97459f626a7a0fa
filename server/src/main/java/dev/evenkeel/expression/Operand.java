package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeValue;
import java.util.List;

/// Something that has a value, or none in an item that lacks the attribute.
public sealed interface Operand extends Term
    permits Path, Operand.Placeholder, Operand.Literal, Operand.Call {
  /// A key of ExpressionAttributeValues, with its colon. Only before binding.
  record Placeholder(String name) implements Operand {}

  record Literal(AttributeValue value) implements Operand {}

  /// A function, or an arithmetic operator, with its operands.
  record Call(Function function, List<Operand> arguments) implements Operand {
    public Call {
      arguments = List.copyOf(arguments);
    }

    Operand argument(int index) {
      return arguments.get(index);
    }
  }
}
