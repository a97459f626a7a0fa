package dev.evenkeel.expression;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.Limits;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A change to one item, and what it touches.
public final class Update {
  private final PathTree<UpdateAction> actions;
  private final List<Path> nested;
  private final String wrongType;

  private Update(PathTree<UpdateAction> actions, List<Path> nested, String wrongType) {
    this.actions = actions;
    this.nested = nested;
    this.wrongType = wrongType;
  }

  /// @param actions bound
  /// @param wrongType the text for a value to which an action does not apply
  static Update of(List<UpdateAction> actions, String wrongType) {
    PathTree<UpdateAction> tree = new PathTree<>(ExpressionKind.UPDATE);
    actions.forEach(action -> tree.add(action.path(), action));
    tree.check();
    return new Update(
        tree, actions.stream().map(UpdateAction::path).filter(Path::isNested).toList(), wrongType);
  }

  /// An update that changes nothing, as of a request without UpdateExpression.
  public static Update none() {
    return of(List.of(), Functions.WRONG_TYPE);
  }

  /// The item after the update.
  ///
  /// @param before the item, or null where there is none; it is not changed
  /// @param key the key attributes, which a new item gets
  /// @throws ApiException a ValidationException, when the update does not apply to the item, or
  ///   makes it larger than an item may be
  public BinaryItem apply(@Nullable BinaryItem before, Map<String, AttributeValue> key) {
    BinaryItem item = before == null ? BinaryItem.of(key) : before;
    BinaryItem after = item.with(new ItemUpdate(before, wrongType).changes(actions, item));
    if (after.size() > Limits.ITEM_BYTES_MAX) {
      throw ApiException.validation("Item size to update has exceeded the maximum allowed size");
    }
    return after;
  }

  /// The attributes it touches, in the order of the expression.
  public Set<String> topLevelNames() {
    return Collections.unmodifiableSet(actions.attributes().keySet());
  }

  /// What an image of the item has at the touched paths: UPDATED_OLD of the item before,
  /// UPDATED_NEW of the item after.
  public Map<String, AttributeValue> updated(@Nullable BinaryItem image) {
    Map<String, AttributeValue> parts = new LinkedHashMap<>();
    if (image == null) {
      return parts;
    }
    for (var entry : actions.attributes().entrySet()) {
      @Nullable AttributeValue value = image.get(entry.getKey());
      @Nullable AttributeValue part = value == null ? null : actions.part(entry.getValue(), value);
      if (part != null) {
        parts.put(entry.getKey(), part);
      }
    }
    return parts;
  }

  /// Key attributes never change.
  ///
  /// @throws ApiException a ValidationException, when it touches one
  public void refuseKeys(KeySchema keys) {
    for (String name : actions.attributes().keySet()) {
      if (keys.contains(name)) {
        throw ApiException.validation(
            "One or more parameter values were invalid: Cannot update attribute "
                + name
                + ". This attribute is part of the key");
      }
    }
  }

  /// The touched paths below the top level.
  List<Path> nestedPaths() {
    return nested;
  }
}
