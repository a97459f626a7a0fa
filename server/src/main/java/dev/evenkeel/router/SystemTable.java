package dev.evenkeel.router;

import dev.evenkeel.codec.BinaryItem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The table of this database in which the database keeps its own records: the catalogue. It lives
/// in the system partition and is written like any other table, so a change that is acknowledged is
/// durable. Call it from a virtual thread: it blocks.
///
/// An item has the string attribute [#KEY], its key, and the number attribute [#VERSION], which the
/// writer raises with each change. All writes are conditional on the version that was read before.
///
/// Each method throws [dev.evenkeel.model.ApiException] with an InternalServerError when the system
/// partition cannot answer; a write may then have happened.
public interface SystemTable {
  String KEY = "key";
  String VERSION = "version";

  @Nullable BinaryItem get(String key);

  /// All items, by key.
  List<BinaryItem> all();

  /// Stores the item if that with its key has the version of `expected`, or, where `expected` is
  /// null, if there is none.
  ///
  /// @return whether it was stored
  boolean putIf(BinaryItem item, @Nullable BinaryItem expected);

  /// Deletes the item with the key of `expected` if it has the version of `expected`.
  ///
  /// @return whether it was deleted
  boolean deleteIf(BinaryItem expected);
}
