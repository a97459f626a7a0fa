package dev.evenkeel.api;

import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.environment.Tasks;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.router.Catalogue;

/// An operation of a node that shares its region with others: where a request fails because of what
/// the view of the catalogue shows or lacks, the view is brought up to date, and the request runs
/// once more. A table that is ACTIVE, or gone, on one node is so on every node that is asked
/// afterwards.
///
/// Nothing was done when something was not found or in use, so the request may run twice.
public final class SecondLook implements Operation {
  private final Operation operation;
  private final Tasks tasks;
  private final Catalogue catalogue;

  public SecondLook(Operation operation, Tasks tasks, Catalogue catalogue) {
    this.operation = operation;
    this.tasks = tasks;
    this.catalogue = catalogue;
  }

  @Override
  public String service() {
    return operation.service();
  }

  @Override
  public String name() {
    return operation.name();
  }

  @Override
  public Structure input() {
    return operation.input();
  }

  @Override
  public void run(Members members, Reply reply) {
    attempt(members, reply.unless(cause -> isOfView(cause) && lookAgain(members, reply)));
  }

  private void attempt(Members members, Reply reply) {
    try {
      operation.run(members, reply);
    } catch (Throwable cause) {
      reply.fail(cause);
    }
  }

  private static boolean isOfView(Throwable cause) {
    return cause instanceof ApiException error
        && switch (error.kind()) {
          case RESOURCE_NOT_FOUND, TABLE_NOT_FOUND, RESOURCE_IN_USE -> true;
          default -> false;
        };
  }

  private boolean lookAgain(Members members, Reply reply) {
    tasks.fork(
        "second-look",
        () -> {
          try {
            catalogue.catchUp();
          } catch (Throwable cause) {
            reply.fail(cause);
            return;
          }
          attempt(members, reply);
        });
    return true;
  }
}
