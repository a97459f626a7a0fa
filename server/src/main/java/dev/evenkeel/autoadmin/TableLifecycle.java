package dev.evenkeel.autoadmin;

import dev.evenkeel.environment.Environment;
import dev.evenkeel.model.Table;
import dev.evenkeel.router.Catalogue;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/// The loops that carry tables through their life.
public final class TableLifecycle implements AutoCloseable {
  private final Environment environment;
  private final Catalogue catalogue;
  private final Partitions partitions;
  private final List<Reconciler> loops;

  private TableLifecycle(
      Environment environment, Catalogue catalogue, Partitions partitions, Problems problems) {
    this.environment = environment;
    this.catalogue = catalogue;
    this.partitions = partitions;
    this.loops =
        List.of(
            loop(Table.Status.CREATING, this::create, problems),
            loop(Table.Status.UPDATING, this::update, problems),
            loop(Table.Status.DELETING, this::delete, problems));
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

  private Reconciler loop(Table.Status status, Reconciler.Step step, Problems problems) {
    return new Reconciler(environment.tasks(), catalogue, status, step, problems);
  }

  private void create(Table table) throws IOException, InterruptedException {
    partitions.create(table);
    change(table, Table.Status.CREATING, now -> now.with(Table.Status.ACTIVE));
  }

  private void update(Table table) {
    long millis = environment.clock().wallMillis();
    change(
        table,
        Table.Status.UPDATING,
        now -> now.withSettings(settings -> settings.applied(millis)).with(Table.Status.ACTIVE));
  }

  private void delete(Table table) throws IOException {
    partitions.drop(table);
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
