package dev.evenkeel.expression;

import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can be known of operands before there is an item: their number, and the types of literals
/// and of functions' results.
final class OperandChecks {
  private static final String WRONG_TYPE =
      "Incorrect operand type for operator or function; operator or function: ";

  private final ExpressionKind kind;

  OperandChecks(ExpressionKind kind) {
    this.kind = kind;
  }

  /// The type that a bound operand has in every item; null where it depends on the item.
  static AttributeValue.@Nullable Type type(Operand operand) {
    return switch (operand) {
      case Path _, Operand.Placeholder _ -> null;
      case Operand.Literal(AttributeValue value) -> value.type();
      case Operand.Call call ->
          switch (call.function()) {
            case SIZE, PLUS, MINUS -> AttributeValue.Type.N;
            case LIST_APPEND -> AttributeValue.Type.L;
            case IF_NOT_EXISTS -> null;
            case ATTRIBUTE_EXISTS, ATTRIBUTE_NOT_EXISTS, ATTRIBUTE_TYPE, BEGINS_WITH, CONTAINS ->
                AttributeValue.Type.BOOL;
          };
    };
  }

  /// The numbers of operands, the innermost functions first.
  void counts(Operand operand) {
    if (operand instanceof Operand.Call call) {
      call.arguments().forEach(this::counts);
      if (call.arguments().size() != call.function().operands()) {
        throw kind.invalid(
            "Incorrect number of operands for operator or function; operator or function: "
                + call.function().text()
                + ", number of operands: "
                + call.arguments().size());
      }
    }
  }

  /// Two operands that are the same path make no sense to AWS.
  void distinct(String operator, List<Operand> operands) {
    if (operands.size() == 2
        && operands.getFirst() instanceof Path first
        && first.equals(operands.get(1))) {
      throw kind.invalid(
          "The first operand must be distinct from the remaining operands for this operator or"
              + " function; operator: "
              + operator
              + ", first operand: "
              + first);
    }
  }

  /// The operands' types of functions, the innermost first.
  void types(Operand operand) {
    if (operand instanceof Operand.Call call) {
      call.arguments().forEach(this::types);
      function(call);
    }
  }

  /// Comparisons of order need values that have one.
  void ordered(String operator, Operand operand) {
    if (operand instanceof Operand.Literal(AttributeValue value) && !Ordering.has(value.type())) {
      throw kind.invalid(
          "Incorrect operand type for operator or function; "
              + (kind == ExpressionKind.STATEMENT ? "operator or function: " : "operator: ")
              + operator
              + ", operand type: "
              + value.type());
    }
  }

  /// Bounds that are both literals have the same type, and the lower one comes first.
  void bounds(Operand low, Operand high) {
    if (low instanceof Operand.Literal(AttributeValue lower)
        && high instanceof Operand.Literal(AttributeValue upper)) {
      if (lower.type() != upper.type()) {
        throw bounds("same data type for lower and upper bounds", lower, upper);
      }
      if (Ordering.compare(lower, upper) > 0) {
        throw bounds("upper bound to be greater than or equal to lower bound", lower, upper);
      }
    }
  }

  private ApiException bounds(String need, AttributeValue lower, AttributeValue upper) {
    return kind.invalid(
        "The BETWEEN operator requires "
            + need
            + "; lower bound operand: AttributeValue: "
            + ValueText.of(lower)
            + ", upper bound operand: AttributeValue: "
            + ValueText.of(upper));
  }

  private void function(Operand.Call call) {
    Function function = call.function();
    switch (function) {
      case ATTRIBUTE_EXISTS, ATTRIBUTE_NOT_EXISTS, IF_NOT_EXISTS -> needsPath(call);
      case ATTRIBUTE_TYPE -> attributeType(call);
      case BEGINS_WITH ->
          call.arguments()
              .forEach(operand ->
                  allow(function, operand, AttributeValue.Type.S, AttributeValue.Type.B));
      case SIZE ->
          refuse(
              function,
              call.argument(0),
              AttributeValue.Type.N,
              AttributeValue.Type.BOOL,
              AttributeValue.Type.NULL);
      case LIST_APPEND ->
          call.arguments().forEach(operand -> allow(function, operand, AttributeValue.Type.L));
      case PLUS, MINUS ->
          call.arguments().forEach(operand -> allow(function, operand, AttributeValue.Type.N));
      case CONTAINS -> {}
    }
  }

  private void needsPath(Operand.Call call) {
    if (!(call.argument(0) instanceof Path)) {
      throw kind.invalid(
          "Operator or function requires a document path; operator or function: "
              + call.function().text());
    }
  }

  private void attributeType(Operand.Call call) {
    AttributeValue.@Nullable Type type = type(call.argument(1));
    if (type == null) {
      throw wrongType(call.function(), "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}");
    }
    allow(call.function(), call.argument(1), AttributeValue.Type.S);
    if (call.argument(1) instanceof Operand.Literal(AttributeValue.S(String name))
        && !isTypeName(name)) {
      throw kind.invalid(
          "Invalid attribute type name found; type: "
              + name
              + ", valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
    }
  }

  private static boolean isTypeName(String name) {
    for (AttributeValue.Type type : AttributeValue.Type.values()) {
      if (type.name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private void allow(Function function, Operand operand, AttributeValue.Type... types) {
    AttributeValue.@Nullable Type type = type(operand);
    if (type != null && !List.of(types).contains(type)) {
      throw wrongType(function, type.name());
    }
  }

  private void refuse(Function function, Operand operand, AttributeValue.Type... types) {
    AttributeValue.@Nullable Type type = type(operand);
    if (type != null && List.of(types).contains(type)) {
      throw wrongType(function, type.name());
    }
  }

  private ApiException wrongType(Function function, String type) {
    return kind.invalid(WRONG_TYPE + function.text() + ", operand type: " + type);
  }
}
