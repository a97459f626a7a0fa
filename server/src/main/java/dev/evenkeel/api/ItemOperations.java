package dev.evenkeel.api;

import dev.evenkeel.environment.Tasks;
import dev.evenkeel.router.Catalogue;
import dev.evenkeel.router.RequestRouter;
import dev.evenkeel.transaction.Coordinator;
import java.util.List;

/// All operations on items. Those on one item do not block; pages, but for small ones from memory,
/// batches and transactions run on virtual threads.
public final class ItemOperations {
  private ItemOperations() {}

  public static List<Operation> of(
      Catalogue catalogue, RequestRouter router, Coordinator coordinator, Tasks tasks) {
    ItemService service = new ItemService(catalogue, router);
    return List.of(
        new PutItem(service),
        new GetItem(service),
        new UpdateItem(service),
        new DeleteItem(service),
        new Query(service, tasks),
        Operation.onVirtualThread(new Scan(service), tasks),
        Operation.onVirtualThread(new BatchGetItem(service), tasks),
        Operation.onVirtualThread(new BatchWriteItem(service), tasks),
        new ExecuteStatement(service, tasks),
        Operation.onVirtualThread(new BatchExecuteStatement(service), tasks),
        Operation.onVirtualThread(new ExecuteTransaction(service, coordinator), tasks),
        Operation.onVirtualThread(new TransactGetItems(service, coordinator), tasks),
        Operation.onVirtualThread(new TransactWriteItems(service, coordinator), tasks));
  }
}
