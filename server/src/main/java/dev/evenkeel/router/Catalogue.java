package dev.evenkeel.router;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Table;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The tables of this region: a view in memory, which requests read without a lock, of items in the
/// [SystemTable], which are changed by conditional writes.
///
/// Changes block, so make them on a virtual thread; the view shows a change once it is durable.
/// Changes of one node are made one at a time; against other nodes the condition protects.
public final class Catalogue {
  private static final String NOT_FOUND = "Requested resource not found: Table: ";
  private static final String IDS = "next-table-id";
  private static final String NEXT_ID = "next";

  /// Table 0 does not exist, table 1 is the system table.
  private static final long FIRST_ID = 2;

  private record Entry(Table table, BinaryItem item) {}

  private final SystemTable items;
  private final ReentrantLock changing = new ReentrantLock();
  private final ReentrantLock catchingUp = new ReentrantLock();
  private final AtomicLong catchUps = new AtomicLong();

  /// The calls of [#catchUp] up to that number have what they asked for. Changed with `catchingUp`
  /// held.
  private long caughtUp;

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /// Each table under its name and its ARN; a name has no colon, so the two cannot meet.
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  private Catalogue(SystemTable items) {
    this.items = items;
  }

  /// Reads the whole catalogue; blocks.
  public static Catalogue open(SystemTable items) {
    Catalogue catalogue = new Catalogue(items);
    for (BinaryItem item : items.all()) {
      if (item.get(SystemTable.KEY) instanceof AttributeValue.S key
          && key.value().startsWith(TableItem.PREFIX)) {
        catalogue.show(new Entry(TableItem.table(item), item));
      }
    }
    return catalogue;
  }

  /// The numbers of the tables among the system table's items, and of their global indexes.
  public static Set<Long> ids(List<BinaryItem> items) {
    Set<Long> ids = new HashSet<>();
    for (BinaryItem item : items) {
      if (item.get(SystemTable.KEY) instanceof AttributeValue.S key
          && key.value().startsWith(TableItem.PREFIX)) {
        Table table = TableItem.table(item);
        ids.add(table.id());
        table.derivation().globalIndexes().forEach(index -> ids.add(index.id()));
      }
    }
    return ids;
  }

  /// Brings the view up to what the system table holds, for changes that other nodes have made;
  /// blocks.
  public void refresh() {
    exclusively(() -> {
      Map<String, Table> gone = new HashMap<>();
      tables().forEach(table -> gone.put(table.name(), table));
      boolean changed = false;
      for (BinaryItem item : items.all()) {
        if (item.get(SystemTable.KEY) instanceof AttributeValue.S key
            && key.value().startsWith(TableItem.PREFIX)) {
          Table table = TableItem.table(item);
          Table before = gone.remove(table.name());
          if (!table.equals(before)) {
            changed = true;
            if (before != null && before.id() != table.id()) {
              hide(before);
            }
            show(new Entry(table, item));
          }
        }
      }
      gone.values().forEach(this::hide);
      return changed || !gone.isEmpty();
    });
  }

  /// Has the view show all that was acknowledged anywhere before this call; blocks. However many
  /// call, one at a time reads, for all who wait.
  ///
  /// @throws ApiException an InternalServerError, when the system table cannot be read
  public void catchUp() {
    long call = catchUps.incrementAndGet();
    catchingUp.lock();
    try {
      if (caughtUp < call) {
        long begun = catchUps.get();
        refresh();
        caughtUp = begun;
      }
    } finally {
      catchingUp.unlock();
    }
  }

  /// The table for a request on its items.
  ///
  /// @throws ApiException a ResourceNotFoundException, also while it is created or deleted
  public Table table(String nameOrArn) {
    @Nullable Entry entry = entries.get(nameOrArn);
    if (entry == null || !entry.table().servesItems()) {
      throw ApiException.resourceNotFound();
    }
    return entry.table();
  }

  /// The table for a request on itself.
  ///
  /// @throws ApiException a ResourceNotFoundException that names it
  public Table named(String nameOrArn) {
    @Nullable Table table = find(nameOrArn);
    if (table == null) {
      throw notFound(nameOrArn);
    }
    return table;
  }

  public @Nullable Table find(String nameOrArn) {
    @Nullable Entry entry = entries.get(nameOrArn);
    return entry == null ? null : entry.table();
  }

  /// All tables, by name.
  public List<Table> tables() {
    return entries.entrySet().stream()
        .filter(entry -> entry.getKey().equals(entry.getValue().table().name()))
        .map(entry -> entry.getValue().table())
        .sorted(Comparator.comparing(Table::name))
        .toList();
  }

  /// Calls `listener` after each change, on the thread that made it; it must not block.
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /// A number that no table and no global index had before.
  public long newTableId() {
    return exclusively(() -> {
      @Nullable BinaryItem counter = items.get(IDS);
      while (true) {
        long id = counter == null ? FIRST_ID : number(counter, NEXT_ID);
        if (items.putIf(counter(id + 1, counter), counter)) {
          return id;
        }
        counter = items.get(IDS);
      }
    });
  }

  /// Adds a table.
  ///
  /// @return whether it was added: false when there is one of its name
  public boolean create(Table table) {
    return exclusively(() -> {
      BinaryItem item = TableItem.of(table, 1);
      boolean created = items.putIf(item, null);
      if (created) {
        show(new Entry(table, item));
      } else {
        reload(table.name());
      }
      return created;
    });
  }

  /// Changes a table, as often as it takes until no other change came between.
  ///
  /// @param change from the newest state to the next; what it throws is thrown here
  /// @return the table after the change
  /// @throws ApiException a ResourceNotFoundException when there is no such table
  public Table change(String nameOrArn, UnaryOperator<Table> change) {
    return exclusively(() -> {
      while (true) {
        @Nullable Entry entry = entries.get(nameOrArn);
        if (entry == null) {
          throw notFound(nameOrArn);
        }
        Table next = change.apply(entry.table());
        if (next.equals(entry.table())) {
          return next;
        }
        BinaryItem item = TableItem.of(next, TableItem.version(entry.item()) + 1);
        if (items.putIf(item, entry.item())) {
          show(new Entry(next, item));
          return next;
        }
        reload(entry.table().name());
      }
    });
  }

  /// Removes a table, if it is still as given.
  public void remove(Table table) {
    exclusively(() -> {
      @Nullable Entry entry = entries.get(table.name());
      if (entry == null || !entry.table().equals(table)) {
        return false;
      }
      if (items.deleteIf(entry.item())) {
        hide(table);
        return true;
      }
      reload(table.name());
      return false;
    });
  }

  private void reload(String name) {
    @Nullable BinaryItem item = items.get(TableItem.key(name));
    @Nullable Table shown = find(name);
    if (shown != null && (item == null || TableItem.table(item).id() != shown.id())) {
      hide(shown);
    }
    if (item != null) {
      show(new Entry(TableItem.table(item), item));
    }
  }

  private void show(Entry entry) {
    entries.put(entry.table().name(), entry);
    entries.put(entry.table().arn(), entry);
  }

  private void hide(Table table) {
    entries.remove(table.name());
    entries.remove(table.arn());
  }

  private <T> T exclusively(Supplier<T> work) {
    T result;
    changing.lock();
    try {
      result = work.get();
    } finally {
      changing.unlock();
    }
    listeners.forEach(Runnable::run);
    return result;
  }

  private static ApiException notFound(String nameOrArn) {
    String name = nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
    return ApiException.of(ApiException.Kind.RESOURCE_NOT_FOUND, NOT_FOUND + name + " not found");
  }

  private static BinaryItem counter(long next, @Nullable BinaryItem before) {
    long version = before == null ? 1 : TableItem.version(before) + 1;
    Map<String, AttributeValue> counter = new LinkedHashMap<>();
    counter.put(SystemTable.KEY, new AttributeValue.S(IDS));
    counter.put(SystemTable.VERSION, AttributeValue.N.of(version));
    counter.put(NEXT_ID, AttributeValue.N.of(next));
    return BinaryItem.of(counter);
  }

  private static long number(BinaryItem item, String name) {
    if (item.get(name) instanceof AttributeValue.N number) {
      return number.value().longValueExact();
    }
    throw new IllegalStateException("a catalogue entry has no number " + name);
  }
}
