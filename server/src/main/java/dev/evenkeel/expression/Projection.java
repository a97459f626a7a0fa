package dev.evenkeel.expression;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.AttributeValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The part of an item that a request wants.
public final class Projection {
  private final PathTree<Path> paths;
  private final List<Path> all;

  private Projection(PathTree<Path> paths, List<Path> all) {
    this.paths = paths;
    this.all = all;
  }

  /// @param paths bound
  static Projection of(List<Path> paths) {
    PathTree<Path> tree = new PathTree<>(ExpressionKind.PROJECTION);
    paths.forEach(path -> tree.add(path, path));
    tree.check();
    return new Projection(tree, List.copyOf(paths));
  }

  /// Whole top-level attributes.
  public static Projection ofAttributes(Iterable<String> names) {
    List<Path> paths = new ArrayList<>();
    names.forEach(name -> paths.add(Path.of(name)));
    return of(paths);
  }

  /// What the item has of it.
  public BinaryItem apply(BinaryItem item) {
    Map<String, AttributeValue> parts = new LinkedHashMap<>();
    for (Map.Entry<String, PathTree.Node<Path>> entry : paths.attributes().entrySet()) {
      @Nullable AttributeValue value = item.get(entry.getKey());
      @Nullable AttributeValue part = value == null ? null : paths.part(entry.getValue(), value);
      if (part != null) {
        parts.put(entry.getKey(), part);
      }
    }
    return BinaryItem.of(parts);
  }

  /// The attributes it looks at, in the order of the expression.
  public Set<String> topLevelNames() {
    return Collections.unmodifiableSet(paths.attributes().keySet());
  }

  /// All paths, as they were given.
  List<Path> paths() {
    return all;
  }
}
