package dev.evenkeel.expression;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Numbers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// One application of an update to one item. Builds the new values along the paths from the leaves
/// up; what no path touches is shared with the old item, which is never changed. Indexes of lists
/// are those of the old item.
final class ItemUpdate {
  private static final String INVALID_PATH =
      "The document path provided in the update expression is invalid for update";

  /// The item as it was: what operands read.
  private final @Nullable BinaryItem before;

  /// The text for a value to which an action does not apply.
  private final String wrongType;

  ItemUpdate(@Nullable BinaryItem before, String wrongType) {
    this.before = before;
    this.wrongType = wrongType;
  }

  /// The new values of the attributes that the actions touch; null where one is removed.
  ///
  /// @param item the attributes to start from
  Map<String, @Nullable AttributeValue> changes(PathTree<UpdateAction> actions, BinaryItem item) {
    Map<String, @Nullable AttributeValue> changes = new LinkedHashMap<>();
    for (var entry : actions.attributes().entrySet()) {
      changes.put(entry.getKey(), change(entry.getValue(), item.get(entry.getKey())));
    }
    return changes;
  }

  /// The new value of a place; null where there is none any more.
  private @Nullable AttributeValue change(
      PathTree.Node<UpdateAction> node, @Nullable AttributeValue value) {
    @Nullable UpdateAction action = node.leaf();
    if (action != null) {
      return act(action, value);
    }
    if (value instanceof AttributeValue.M map && node.elements().isEmpty()) {
      return changeMembers(node, map);
    }
    if (value instanceof AttributeValue.L list && node.members().isEmpty()) {
      return changeElements(node, list);
    }
    throw ApiException.validation(INVALID_PATH);
  }

  private AttributeValue changeMembers(PathTree.Node<UpdateAction> node, AttributeValue.M map) {
    SequencedMap<String, AttributeValue> changed = new LinkedHashMap<>(map.values());
    for (var member : node.members().entrySet()) {
      put(changed, member.getKey(), change(member.getValue(), changed.get(member.getKey())));
    }
    return new AttributeValue.M(changed);
  }

  private AttributeValue changeElements(PathTree.Node<UpdateAction> node, AttributeValue.L list) {
    List<AttributeValue> old = list.values();
    List<AttributeValue> changed = new ArrayList<>(old.size() + 1);
    for (int i = 0; i < old.size(); i++) {
      PathTree.@Nullable Node<UpdateAction> element = node.elements().get(i);
      add(changed, element == null ? old.get(i) : change(element, old.get(i)));
    }
    for (var beyond : node.elements().tailMap(old.size()).values()) {
      add(changed, change(beyond, null));
    }
    return new AttributeValue.L(changed);
  }

  private @Nullable AttributeValue act(UpdateAction action, @Nullable AttributeValue value) {
    return switch (action) {
      case UpdateAction.Set(Path _, Operand operand) -> Functions.required(operand, before);
      case UpdateAction.Remove _ -> null;
      case UpdateAction.Add(Path _, Operand operand) ->
          sum(value, Functions.required(operand, before));
      case UpdateAction.Delete(Path _, Operand operand) ->
          difference(value, Functions.required(operand, before));
    };
  }

  private AttributeValue sum(@Nullable AttributeValue value, AttributeValue added) {
    return switch (added) {
      case AttributeValue _ when value == null -> added;
      case AttributeValue.N b when value instanceof AttributeValue.N a ->
          new AttributeValue.N(Numbers.checked(a.value().add(b.value())));
      case AttributeValue.SS b when value instanceof AttributeValue.SS a ->
          new AttributeValue.SS(union(a.values(), b.values()));
      case AttributeValue.NS b when value instanceof AttributeValue.NS a ->
          new AttributeValue.NS(union(a.values(), b.values()));
      case AttributeValue.BS b when value instanceof AttributeValue.BS a ->
          new AttributeValue.BS(union(a.values(), b.values()));
      case AttributeValue.L b when value instanceof AttributeValue.L a ->
          new AttributeValue.L(concatenation(a.values(), b.values()));
      default -> throw ApiException.validation(wrongType);
    };
  }

  private @Nullable AttributeValue difference(
      @Nullable AttributeValue value, AttributeValue removed) {
    if (value == null) {
      return null;
    }
    return switch (removed) {
      case AttributeValue.SS b when value instanceof AttributeValue.SS a -> {
        List<String> left = without(a.values(), b.values());
        yield left.isEmpty() ? null : new AttributeValue.SS(left);
      }
      case AttributeValue.NS b when value instanceof AttributeValue.NS a -> {
        List<BigDecimal> left = without(a.values(), b.values());
        yield left.isEmpty() ? null : new AttributeValue.NS(left);
      }
      case AttributeValue.BS b when value instanceof AttributeValue.BS a -> {
        List<AttributeValue.Bytes> left = without(a.values(), b.values());
        yield left.isEmpty() ? null : new AttributeValue.BS(left);
      }
      default -> throw ApiException.validation(wrongType);
    };
  }

  private static <T> List<T> union(Collection<T> a, Collection<T> b) {
    LinkedHashSet<T> union = new LinkedHashSet<>(a);
    union.addAll(b);
    return List.copyOf(union);
  }

  private static <T> List<T> without(Collection<T> a, Collection<T> b) {
    LinkedHashSet<T> left = new LinkedHashSet<>(a);
    b.forEach(left::remove);
    return List.copyOf(left);
  }

  private static <T> List<T> concatenation(List<T> a, List<T> b) {
    List<T> all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }

  private static void put(
      Map<String, AttributeValue> map, String name, @Nullable AttributeValue value) {
    if (value == null) {
      map.remove(name);
    } else {
      map.put(name, value);
    }
  }

  private static void add(List<AttributeValue> list, @Nullable AttributeValue value) {
    if (value != null) {
      list.add(value);
    }
  }
}
