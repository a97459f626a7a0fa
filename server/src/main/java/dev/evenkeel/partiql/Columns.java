package dev.evenkeel.partiql;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.expression.Path;
import dev.evenkeel.expression.Projection;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What a SELECT returns of an item. Unlike a projection it lifts what lies below the top level:
/// `SELECT a.b[0]` returns an attribute `b[0]`.
public final class Columns {
  private final SequencedMap<String, Path> paths;

  private Columns(SequencedMap<String, Path> paths) {
    this.paths = paths;
  }

  /// @param columns none: all attributes
  /// @throws ApiException a ValidationException, when two would have the same name
  static Columns of(Iterable<Statement.Column> columns) {
    SequencedMap<String, Path> paths = new LinkedHashMap<>();
    for (Statement.Column column : columns) {
      String name = name(column.path());
      if (paths.putIfAbsent(name, column.path()) != null) {
        throw ApiException.validation("An attribute is selected twice: " + name);
      }
    }
    return new Columns(paths);
  }

  /// The last name of the path, with the indexes behind it.
  private static String name(Path path) {
    StringBuilder name = new StringBuilder();
    for (Path.Element element : path.elements()) {
      if (element instanceof Path.Element.Name) {
        name.setLength(0);
      }
      name.append(element);
    }
    return name.toString();
  }

  /// The top-level attributes that they look at, or null: all of them.
  public @Nullable Projection attributes() {
    return paths.isEmpty()
        ? null
        : Projection.ofAttributes(paths.values().stream().map(Path::head).distinct().toList());
  }

  /// What the item has of them.
  public BinaryItem apply(BinaryItem item) {
    if (paths.isEmpty()) {
      return item;
    }
    Map<String, AttributeValue> found = new LinkedHashMap<>();
    paths.forEach((name, path) -> {
      @Nullable AttributeValue value = path.read(item);
      if (value != null) {
        found.put(name, value);
      }
    });
    return BinaryItem.of(found);
  }
}
