package dev.evenkeel.expression;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.AttributeValue;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A document path: an attribute, and the way down into its maps and lists.
///
/// Invariant: not empty; the first element is no index.
public record Path(List<Element> elements) implements Operand {
  /// Most elements that a path may have.
  static final int ELEMENTS_MAX = 32;

  /// One step.
  public sealed interface Element {
    /// An attribute's name.
    record Name(String name) implements Element {
      @Override
      public String toString() {
        return name;
      }
    }

    /// A key of ExpressionAttributeNames, with its `#`. Only before binding.
    record Alias(String name) implements Element {}

    /// An element of a list, from 0.
    record Index(int index) implements Element {
      @Override
      public String toString() {
        return "[" + index + "]";
      }
    }
  }

  public Path {
    elements = List.copyOf(elements);
  }

  /// The path of a top-level attribute.
  public static Path of(String name) {
    return new Path(List.of(new Element.Name(name)));
  }

  /// The top-level attribute, of a bound path.
  public String head() {
    if (elements.getFirst() instanceof Element.Name(String name)) {
      return name;
    }
    throw new IllegalStateException("path not bound: " + this);
  }

  /// Whether it goes below the top level.
  public boolean isNested() {
    return elements.size() > 1;
  }

  boolean isBound() {
    for (Element element : elements) {
      if (element instanceof Element.Alias) {
        return false;
      }
    }
    return true;
  }

  /// What lies there, or null.
  public @Nullable AttributeValue read(@Nullable BinaryItem item) {
    if (item == null) {
      return null;
    }
    @Nullable AttributeValue value = item.get(head());
    for (int i = 1; i < elements.size() && value != null; i++) {
      value = step(value, elements.get(i));
    }
    return value;
  }

  /// Whether something lies there, without decoding it where that can be known.
  boolean existsIn(@Nullable BinaryItem item) {
    return item != null && (isNested() ? read(item) != null : item.has(head()));
  }

  private static @Nullable AttributeValue step(AttributeValue value, Element element) {
    return switch (element) {
      case Element.Name(String name) ->
          value instanceof AttributeValue.M map ? map.values().get(name) : null;
      case Element.Index(int index) ->
          value instanceof AttributeValue.L list && index < list.values().size()
              ? list.values().get(index)
              : null;
      case Element.Alias alias -> throw new IllegalStateException("path not bound: " + alias);
    };
  }

  /// As AWS's messages show it: `[a, b, [1]]`.
  @Override
  public String toString() {
    return elements.stream().map(Element::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}
