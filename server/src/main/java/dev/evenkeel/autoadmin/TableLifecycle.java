package dev.evenkeel.autoadmin;

import dev.evenkeel.environment.Environment;
import dev.evenkeel.model.Derivation;
import dev.evenkeel.model.Table;
import dev.evenkeel.model.TableIndex;
import dev.evenkeel.router.Catalogue;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// The loops that carry tables through their life.
public final class TableLifecycle implements AutoCloseable {
  private final Environment environment;
  private final Catalogue catalogue;
  private final Partitions partitions;
  private final Problems problems;
  private final List<Reconciler> loops;

  private TableLifecycle(
      Environment environment, Catalogue catalogue, Partitions partitions, Problems problems) {
    this.environment = environment;
    this.catalogue = catalogue;
    this.partitions = partitions;
    this.problems = problems;
    this.loops =
        List.of(
            loop("CREATING", table -> table.status() == Table.Status.CREATING, this::create),
            loop("UPDATING", table -> table.status() == Table.Status.UPDATING, this::update),
            loop("configuring", TableLifecycle::isToBeConfigured, this::configure),
            loop("DELETING", table -> table.status() == Table.Status.DELETING, this::delete));
  }

  /// Starts the loops, which first finish what a former run left undone.
  public static TableLifecycle start(
      Environment environment, Catalogue catalogue, Partitions partitions, Problems problems) {
    TableLifecycle lifecycle = new TableLifecycle(environment, catalogue, partitions, problems);
    lifecycle.loops.forEach(Reconciler::start);
    return lifecycle;
  }

  /// Ends the loops after the steps that they are in.
  @Override
  public void close() {
    loops.forEach(Reconciler::stop);
  }

  private Reconciler loop(String name, Predicate<Table> due, Reconciler.Step step) {
    return new Reconciler(environment.tasks(), catalogue, name, due, step, problems);
  }

  private void create(Table table) throws IOException, InterruptedException {
    partitions.create(table.id());
    for (TableIndex index : table.derivation().globalIndexes()) {
      partitions.create(index.id());
    }
    tell(table);
    long generation = table.derivation().generation();
    change(
        table,
        Table.Status.CREATING,
        // Its indexes have nothing to be filled with.
        now ->
            now.withDerivation(next -> next.configured(generation).each(TableIndex::filled))
                .with(Table.Status.ACTIVE));
  }

  private void update(Table table) throws IOException, InterruptedException {
    Derivation derivation = table.derivation();
    for (TableIndex index : derivation.globalIndexes()) {
      if (index.status() == TableIndex.Status.CREATING) {
        partitions.create(index.id());
      }
    }
    tell(table);
    // Nothing is written to an index that its table does not know of any more.
    for (TableIndex index : derivation.globalIndexes()) {
      if (index.status() == TableIndex.Status.DELETING) {
        partitions.drop(index.id());
      }
    }
    long millis = environment.clock().wallMillis();
    change(table, Table.Status.UPDATING, now -> updated(now, derivation, millis));
  }

  /// @param done what was carried out
  private static Table updated(Table now, Derivation done, long millis) {
    Derivation next = now.derivation().configured(done.generation());
    for (TableIndex index : done.globalIndexes()) {
      next =
          switch (index.status()) {
            case DELETING -> next.without(index.id());
            case CREATING ->
                next.each(at -> at.id() == index.id() ? at.toBeFilled().applied(millis) : at);
            case UPDATING -> next.each(at -> at.id() == index.id() ? at.applied(millis) : at);
            case ACTIVE -> next;
          };
    }
    Derivation after = next;
    return now.withSettings(settings -> settings.applied(millis))
        .withDerivation(_ -> after)
        .withOnlyUsedDefinitions()
        .with(Table.Status.ACTIVE);
  }

  /// Other statuses have it done on their way.
  private static boolean isToBeConfigured(Table table) {
    return table.status() == Table.Status.ACTIVE && !table.derivation().isConfigured();
  }

  private void configure(Table table) throws IOException {
    tell(table);
    long generation = table.derivation().generation();
    change(
        table, Table.Status.ACTIVE, now -> now.withDerivation(next -> next.configured(generation)));
  }

  /// Has the table's partition do what the catalogue wants of it.
  private void tell(Table table) throws IOException {
    if (!table.derivation().isConfigured()) {
      partitions.configure(table.id(), table.partitionSchema());
    }
  }

  private void delete(Table table) throws IOException {
    partitions.drop(table.id());
    for (TableIndex index : table.derivation().globalIndexes()) {
      partitions.drop(index.id());
    }
    catalogue.remove(table);
  }

  /// Changes the table unless it, or another of its name, has meanwhile another status.
  private void change(Table table, Table.Status from, UnaryOperator<Table> change) {
    if (catalogue.find(table.name()) == null) {
      return;
    }
    catalogue.change(
        table.name(),
        now -> now.id() == table.id() && now.status() == from ? change.apply(now) : now);
  }
}
