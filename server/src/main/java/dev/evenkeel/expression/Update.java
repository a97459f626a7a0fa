package dev.evenkeel.expression;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.Limits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A change to one item, and what it touches.
public final class Update {
  /// How a mistake is worded that shows only in the item.
  enum Wording {
    /// Of UpdateExpression.
    EXPRESSION(Functions.WRONG_TYPE),
    /// Of AttributeUpdates.
    LEGACY("Type mismatch for attribute to update");

    private final String wrongType;

    Wording(String wrongType) {
      this.wrongType = wrongType;
    }
  }

  private final PathTree<UpdateAction> tree;
  private final List<UpdateAction> actions;
  private final Wording wording;

  private Update(PathTree<UpdateAction> tree, List<UpdateAction> actions, Wording wording) {
    this.tree = tree;
    this.actions = actions;
    this.wording = wording;
  }

  /// @param actions bound
  /// @throws ApiException a ValidationException, when paths do not go together
  static Update of(List<UpdateAction> actions, Wording wording) {
    return of(ExpressionKind.UPDATE, actions, wording);
  }

  /// @param kind what the actions come from, for the text of the error
  static Update of(ExpressionKind kind, List<UpdateAction> actions, Wording wording) {
    PathTree<UpdateAction> tree = new PathTree<>(kind);
    actions.forEach(action -> tree.add(action.path(), action));
    tree.check();
    return new Update(tree, List.copyOf(actions), wording);
  }

  /// An update that changes nothing, as of a request without UpdateExpression.
  public static Update none() {
    return of(List.of(), Wording.EXPRESSION);
  }

  /// The item after the update.
  ///
  /// @param before the item, or null where there is none; it is not changed
  /// @param key the key attributes, which a new item gets
  /// @throws ApiException a ValidationException, when the update does not apply to the item, or
  ///   makes it larger than an item may be
  public BinaryItem apply(@Nullable BinaryItem before, Map<String, AttributeValue> key) {
    BinaryItem item = before == null ? BinaryItem.of(key) : before;
    BinaryItem after = item.with(new ItemUpdate(before, wording.wrongType).changes(tree, item));
    if (after.size() > Limits.ITEM_BYTES_MAX) {
      throw ApiException.validation("Item size to update has exceeded the maximum allowed size");
    }
    return after;
  }

  /// The attributes it touches, in the order of the expression.
  public Set<String> topLevelNames() {
    return Collections.unmodifiableSet(tree.attributes().keySet());
  }

  /// What an image of the item has at the touched paths: UPDATED_OLD of the item before,
  /// UPDATED_NEW of the item after.
  public Map<String, AttributeValue> updated(@Nullable BinaryItem image) {
    Map<String, AttributeValue> parts = new LinkedHashMap<>();
    if (image == null) {
      return parts;
    }
    for (var entry : tree.attributes().entrySet()) {
      @Nullable AttributeValue value = image.get(entry.getKey());
      @Nullable AttributeValue part = value == null ? null : tree.part(entry.getValue(), value);
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
    for (String name : tree.attributes().keySet()) {
      if (keys.contains(name)) {
        throw ApiException.validation(
            "One or more parameter values were invalid: Cannot update attribute "
                + name
                + ". This attribute is part of the key");
      }
    }
  }

  /// All actions, as they were given.
  List<UpdateAction> actions() {
    return actions;
  }

  Wording wording() {
    return wording;
  }

  /// The touched paths below the top level.
  List<Path> nestedPaths() {
    List<Path> nested = new ArrayList<>();
    for (UpdateAction action : actions) {
      if (action.path().isNested()) {
        nested.add(action.path());
      }
    }
    return nested;
  }
}
