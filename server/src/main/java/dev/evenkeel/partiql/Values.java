package dev.evenkeel.partiql;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Numbers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// The values that terms stand for: literals, and the parameters of one request.
final class Values {
  /// What AWS's texts call the value of which an element is wrong.
  private static final String ROOT = "root";

  private static final String INVALID = "One or more parameter values were invalid: ";

  private final List<AttributeValue> parameters;

  /// @param parameters as many as the statement has
  Values(List<AttributeValue> parameters) {
    this.parameters = parameters;
  }

  /// Whether it stands for a value in every item.
  static boolean isValue(Term term) {
    return switch (term) {
      case Term.Constant _,
          Term.Numeral _,
          Term.Parameter _,
          Term.ListOf _,
          Term.SetOf _,
          Term.MapOf _ ->
          true;
      default -> false;
    };
  }

  /// @throws ApiException a ValidationException, when it is no value that an item can have
  AttributeValue of(Term term) {
    AttributeValue value = of(term, ROOT);
    if (value instanceof AttributeValue.L || value instanceof AttributeValue.M) {
      checkNesting(value);
    }
    return value;
  }

  /// The item that a map stands for.
  BinaryItem item(Term term) {
    if (term instanceof Term.MapOf(List<Term.Entry> entries, Token _)) {
      SequencedMap<String, AttributeValue> attributes = new LinkedHashMap<>();
      entries.forEach(entry -> put(attributes, entry.name(), of(entry.value(), ROOT)));
      return BinaryItem.of(attributes);
    }
    if (isValue(term) && of(term, ROOT) instanceof AttributeValue.M map) {
      return BinaryItem.of(map.values());
    }
    throw ApiException.validation("The value of an INSERT must be a map of attributes");
  }

  private AttributeValue of(Term term, String place) {
    return switch (term) {
      case Term.Constant(AttributeValue value, Token _) -> value;
      case Term.Numeral(BigDecimal value, Token _) -> number(value, place);
      case Term.Parameter(int index, Token _) -> parameters.get(index);
      case Term.ListOf(List<Term> elements, Token _) -> list(elements, place);
      case Term.SetOf(List<Term> elements, Token _) -> set(elements, place);
      case Term.MapOf(List<Term.Entry> entries, Token _) -> map(entries, place);
      case Term.Call(String name, List<Term> _, Token at) -> throw noValue(name, place, at);
      case Term.Missing(Token at) -> throw noValue("missing", place, at);
      default -> throw noValue(term.at().text(), place, term.at());
    };
  }

  private static AttributeValue number(BigDecimal value, String place) {
    try {
      return new AttributeValue.N(Numbers.checked(value));
    } catch (ApiException problem) {
      throw ApiException.validation(problem.getMessage() + " under " + place);
    }
  }

  private AttributeValue list(List<Term> elements, String place) {
    List<AttributeValue> values = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      values.add(of(elements.get(i), place + "[" + i + "]"));
    }
    return new AttributeValue.L(values);
  }

  private AttributeValue map(List<Term.Entry> entries, String place) {
    SequencedMap<String, AttributeValue> members = new LinkedHashMap<>();
    entries.forEach(
        entry -> put(members, entry.name(), of(entry.value(), place + "." + entry.name())));
    return new AttributeValue.M(members);
  }

  private static void put(Map<String, AttributeValue> map, String name, AttributeValue value) {
    if (map.putIfAbsent(name, value) != null) {
      throw ApiException.validation("Two members of a map have the same name: " + name);
    }
  }

  private AttributeValue set(List<Term> elements, String place) {
    if (elements.isEmpty()) {
      throw ApiException.validation("A set has at least one element");
    }
    List<AttributeValue> values = new ArrayList<>(elements.size());
    elements.forEach(element -> values.add(of(element, place)));
    AttributeValue.Type type = values.getFirst().type();
    for (AttributeValue value : values) {
      if (value.type() != type) {
        throw unsupportedElement();
      }
    }
    checkDistinct(values);
    return switch (type) {
      case S ->
          new AttributeValue.SS(
              values.stream().map(each -> ((AttributeValue.S) each).value()).toList());
      case N ->
          new AttributeValue.NS(
              values.stream().map(each -> ((AttributeValue.N) each).value()).toList());
      case B ->
          new AttributeValue.BS(
              values.stream().map(each -> ((AttributeValue.B) each).value()).toList());
      case SS, NS, BS, L, M, BOOL, NULL -> throw unsupportedElement();
    };
  }

  private static void checkDistinct(List<AttributeValue> values) {
    if (new HashSet<>(values).size() == values.size()) {
      return;
    }
    if (values.getFirst() instanceof AttributeValue.S) {
      List<String> shown = values.stream().map(each -> ((AttributeValue.S) each).value()).toList();
      throw ApiException.validation(
          INVALID + "Input collection [" + String.join(", ", shown) + "] contains duplicates.");
    }
    throw ApiException.validation("Input collection contains duplicates");
  }

  /// The form that items have refuses what nests too deep.
  private static void checkNesting(AttributeValue value) {
    BinaryItem.of(Map.of(ROOT, value));
  }

  private static ApiException unsupportedElement() {
    return ApiException.validation("A set holds strings or numbers only");
  }

  private static ApiException noValue(String what, String place, Token at) {
    return Malformed.at("This cannot be a value: " + what + " under key " + place, at);
  }
}
