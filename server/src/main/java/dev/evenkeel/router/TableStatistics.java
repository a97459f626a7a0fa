package dev.evenkeel.router;

import dev.evenkeel.model.Table;
import dev.evenkeel.model.TableIndex;

/// How much a table holds, as its partitions count it. Approximate: descriptions only.
public interface TableStatistics {
  /// @param items items, or entries of an index
  /// @param bytes their size by AWS's accounting
  record Size(long items, long bytes) {
    public static final Size NONE = new Size(0, 0);
  }

  /// The items of a table.
  Size items(Table table);

  /// The entries of a local index.
  ///
  /// @param index the number of the index
  Size entries(Table table, int index);

  /// The entries of a global index.
  Size entries(TableIndex index);
}
