package dev.evenkeel.expression;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The functions and the arithmetic of the expressions.
final class Functions {
  static final String WRONG_TYPE = "An operand in the update expression has an incorrect data type";
  private static final String MISSING =
      "The provided expression refers to an attribute that does not exist in the item";

  private Functions() {}

  /// A function whose result is true or false.
  static boolean test(Operand.Call call, @Nullable BinaryItem item) {
    return switch (call.function()) {
      case ATTRIBUTE_EXISTS -> exists(call.argument(0), item);
      case ATTRIBUTE_NOT_EXISTS -> !exists(call.argument(0), item);
      case ATTRIBUTE_TYPE -> hasType(call, item);
      case BEGINS_WITH -> beginsWith(argument(call, 0, item), argument(call, 1, item));
      case CONTAINS -> contains(argument(call, 0, item), argument(call, 1, item));
      case SIZE, IF_NOT_EXISTS, LIST_APPEND, PLUS, MINUS ->
          throw new IllegalStateException("no condition: " + call);
    };
  }

  /// A function that has a value.
  ///
  /// @throws ApiException a ValidationException, when an operand of SET has none, or a wrong type
  static @Nullable AttributeValue value(Operand.Call call, @Nullable BinaryItem item) {
    return switch (call.function()) {
      case SIZE -> size(argument(call, 0, item));
      case IF_NOT_EXISTS -> {
        @Nullable AttributeValue present = argument(call, 0, item);
        yield present != null ? present : required(call.argument(1), item);
      }
      case LIST_APPEND -> append(call, item);
      case PLUS, MINUS -> arithmetic(call, item);
      case ATTRIBUTE_EXISTS, ATTRIBUTE_NOT_EXISTS, ATTRIBUTE_TYPE, BEGINS_WITH, CONTAINS ->
          throw new IllegalStateException("no operand: " + call);
    };
  }

  /// The value of an operand of SET.
  ///
  /// @throws ApiException a ValidationException, when it has none
  static AttributeValue required(Operand operand, @Nullable BinaryItem item) {
    @Nullable AttributeValue value = Evaluation.value(operand, item);
    if (value == null) {
      throw ApiException.validation(MISSING);
    }
    return value;
  }

  private static @Nullable AttributeValue argument(
      Operand.Call call, int index, @Nullable BinaryItem item) {
    return Evaluation.value(call.argument(index), item);
  }

  private static boolean exists(Operand operand, @Nullable BinaryItem item) {
    return operand instanceof Path path
        ? path.existsIn(item)
        : Evaluation.value(operand, item) != null;
  }

  private static boolean hasType(Operand.Call call, @Nullable BinaryItem item) {
    @Nullable AttributeValue value = argument(call, 0, item);
    return value != null
        && argument(call, 1, item) instanceof AttributeValue.S(String type)
        && value.type().name().equals(type);
  }

  private static boolean beginsWith(
      @Nullable AttributeValue value, @Nullable AttributeValue prefix) {
    return switch (value) {
      case AttributeValue.S(String text) ->
          prefix instanceof AttributeValue.S(String start) && text.startsWith(start);
      case AttributeValue.B bytes ->
          prefix instanceof AttributeValue.B start
              && startsAt(bytes.value().array(), 0, start.value().array());
      case null, default -> false;
    };
  }

  private static boolean contains(
      @Nullable AttributeValue container, @Nullable AttributeValue element) {
    if (container == null || element == null) {
      return false;
    }
    return switch (container) {
      case AttributeValue.S(String text) ->
          element instanceof AttributeValue.S(String part) && text.contains(part);
      case AttributeValue.B bytes ->
          element instanceof AttributeValue.B part
              && containsBytes(bytes.value().array(), part.value().array());
      case AttributeValue.SS set ->
          element instanceof AttributeValue.S(String text) && set.values().contains(text);
      case AttributeValue.NS set ->
          element instanceof AttributeValue.N number && set.values().contains(number.value());
      case AttributeValue.BS set ->
          element instanceof AttributeValue.B bytes && set.values().contains(bytes.value());
      case AttributeValue.L list -> list.values().contains(element);
      case AttributeValue.N _, AttributeValue.M _, AttributeValue.Bool _, AttributeValue.Null _ ->
          false;
    };
  }

  private static boolean containsBytes(byte[] bytes, byte[] part) {
    for (int at = 0; at <= bytes.length - part.length; at++) {
      if (startsAt(bytes, at, part)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsAt(byte[] bytes, int at, byte[] part) {
    return bytes.length - at >= part.length
        && Arrays.equals(bytes, at, at + part.length, part, 0, part.length);
  }

  /// Characters of a string are UTF-16 units, as at AWS.
  private static @Nullable AttributeValue size(@Nullable AttributeValue value) {
    return switch (value) {
      case AttributeValue.S(String text) -> AttributeValue.N.of(text.length());
      case AttributeValue.B bytes -> AttributeValue.N.of(bytes.value().length());
      case AttributeValue.SS set -> AttributeValue.N.of(set.values().size());
      case AttributeValue.NS set -> AttributeValue.N.of(set.values().size());
      case AttributeValue.BS set -> AttributeValue.N.of(set.values().size());
      case AttributeValue.L list -> AttributeValue.N.of(list.values().size());
      case AttributeValue.M map -> AttributeValue.N.of(map.values().size());
      case null, default -> null;
    };
  }

  private static AttributeValue append(Operand.Call call, @Nullable BinaryItem item) {
    AttributeValue first = required(call.argument(0), item);
    AttributeValue second = required(call.argument(1), item);
    if (first instanceof AttributeValue.L head && second instanceof AttributeValue.L tail) {
      List<AttributeValue> joined = new ArrayList<>(head.values());
      joined.addAll(tail.values());
      return new AttributeValue.L(joined);
    }
    throw ApiException.validation(WRONG_TYPE);
  }

  private static AttributeValue arithmetic(Operand.Call call, @Nullable BinaryItem item) {
    AttributeValue first = required(call.argument(0), item);
    AttributeValue second = required(call.argument(1), item);
    if (first instanceof AttributeValue.N a && second instanceof AttributeValue.N b) {
      boolean plus = call.function() == Function.PLUS;
      return new AttributeValue.N(
          Numbers.checked(plus ? a.value().add(b.value()) : a.value().subtract(b.value())));
    }
    throw ApiException.validation(WRONG_TYPE);
  }
}
