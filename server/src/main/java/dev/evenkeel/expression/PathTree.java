package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Document paths that share no part of a document, as one tree from the item downwards. Each path
/// ends at a leaf that holds what is to be done there.
///
/// @param <T> what a leaf holds
final class PathTree<T> {
  /// A place in a document.
  ///
  /// Invariant: a leaf has no members and no elements; no node has both.
  static final class Node<T> {
    /// By name, where the place is a map; in the order of the paths.
    private final SequencedMap<String, Node<T>> members = new LinkedHashMap<>();

    /// By index, where the place is a list.
    private final NavigableMap<Integer, Node<T>> elements = new TreeMap<>();

    /// The first path that led through or to this place.
    private final Path path;

    private @Nullable T leaf;

    private Node(Path path) {
      this.path = path;
    }

    /// What is to be done here, or null where paths lead further down.
    @Nullable T leaf() {
      return leaf;
    }

    SequencedMap<String, Node<T>> members() {
      return members;
    }

    /// In ascending order.
    NavigableMap<Integer, Node<T>> elements() {
      return elements;
    }

    private Node<T> child(Path.Element element, Path through) {
      return switch (element) {
        case Path.Element.Name(String name) ->
            members.computeIfAbsent(name, _ -> new Node<>(through));
        case Path.Element.Index(int index) ->
            elements.computeIfAbsent(index, _ -> new Node<>(through));
        case Path.Element.Alias alias -> throw new IllegalStateException("not bound: " + alias);
      };
    }

    /// The first path through this place that takes it for the other of map and list, or null.
    private @Nullable Path conflicting(Path.Element element) {
      if (element instanceof Path.Element.Index) {
        return members.isEmpty() ? null : members.firstEntry().getValue().path;
      }
      Node<T> first = null;
      for (Node<T> node : elements.values()) {
        first = first == null ? node : first;
      }
      return first == null ? null : first.path;
    }
  }

  private final ExpressionKind kind;
  private final Node<T> root = new Node<>(new Path(List.of()));
  private @Nullable String overlap;
  private @Nullable String conflict;

  PathTree(ExpressionKind kind) {
    this.kind = kind;
  }

  /// Adds a bound path, unless it touches another; then [#check] will say so.
  void add(Path path, T leaf) {
    Node<T> node = root;
    for (Path.Element element : path.elements()) {
      @Nullable Path other = node.conflicting(element);
      if (other != null) {
        conflict = conflict == null ? problem("conflict", other, path) : conflict;
        return;
      }
      node = node.child(element, path);
      if (node.leaf != null) {
        overlap = overlap == null ? problem("overlap", node.path, path) : overlap;
        return;
      }
    }
    if (!node.members.isEmpty() || !node.elements.isEmpty()) {
      overlap = overlap == null ? problem("overlap", node.path, path) : overlap;
      return;
    }
    node.leaf = leaf;
  }

  /// Reports paths that cannot stand together: overlaps before conflicts.
  void check() {
    if (overlap != null) {
      throw kind.invalid(overlap);
    }
    if (conflict != null) {
      throw kind.invalid(conflict);
    }
  }

  /// The top level, by attribute.
  SequencedMap<String, Node<T>> attributes() {
    return root.members;
  }

  /// The part of a value that the paths below a node lead to; null where they lead nowhere.
  /// Elements of lists keep their order and close up.
  @Nullable AttributeValue part(Node<T> node, AttributeValue value) {
    if (node.leaf != null) {
      return value;
    }
    return switch (value) {
      case AttributeValue.M map -> members(node, map);
      case AttributeValue.L list -> elements(node, list);
      default -> null;
    };
  }

  private @Nullable AttributeValue members(Node<T> node, AttributeValue.M map) {
    SequencedMap<String, AttributeValue> parts = new LinkedHashMap<>();
    for (Map.Entry<String, Node<T>> member : node.members.entrySet()) {
      @Nullable AttributeValue value = map.values().get(member.getKey());
      @Nullable AttributeValue part = value == null ? null : part(member.getValue(), value);
      if (part != null) {
        parts.put(member.getKey(), part);
      }
    }
    return parts.isEmpty() ? null : new AttributeValue.M(parts);
  }

  private @Nullable AttributeValue elements(Node<T> node, AttributeValue.L list) {
    List<AttributeValue> parts = new ArrayList<>();
    int size = list.values().size();
    for (Map.Entry<Integer, Node<T>> element : node.elements.headMap(size).entrySet()) {
      @Nullable AttributeValue part = part(element.getValue(), list.values().get(element.getKey()));
      if (part != null) {
        parts.add(part);
      }
    }
    return parts.isEmpty() ? null : new AttributeValue.L(parts);
  }

  private static String problem(String verb, Path one, Path two) {
    return "Two document paths "
        + verb
        + " with each other; must remove or rewrite one of these paths; path one: "
        + one
        + ", path two: "
        + two;
  }
}
