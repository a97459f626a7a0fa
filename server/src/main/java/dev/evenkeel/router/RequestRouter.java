package dev.evenkeel.router;

import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.environment.Environment;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.replica.ChangeRecords;
import dev.evenkeel.replica.ChangesOutcome;
import dev.evenkeel.replica.ChangesPage;
import dev.evenkeel.replica.ItemWrite;
import dev.evenkeel.replica.NodeMessage;
import dev.evenkeel.replica.Page;
import dev.evenkeel.replica.PageOutcome;
import dev.evenkeel.replica.PageRead;
import dev.evenkeel.replica.ReadOutcome;
import dev.evenkeel.replica.Request;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.replica.TogetherOutcome;
import dev.evenkeel.replica.WriteOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Leads each request to a replica that may answer it: writes and consistent reads to the leader,
/// eventual reads to the nearest. Any thread.
///
/// Where the leader is in this process and answers, a request costs one call; else [Attempts] finds
/// who does.
public final class RequestRouter {
  private static final String NOBODY = "no replica of the table's partition answers";

  private final Environment environment;
  private final Replicas replicas;

  public RequestRouter(Environment environment, Replicas replicas) {
    this.environment = environment;
    this.replicas = replicas;
  }

  /// @param done called exactly once, on any thread
  public void write(ItemWrite write, Consumer<WriteOutcome> done) {
    StorageReplica leader = replicas.leaderHere(write.table().id());
    long until = deadline();
    if (leader == null) {
      seek(write, until, done);
    } else {
      leader.write(
          write,
          until,
          outcome -> {
            if (outcome instanceof WriteOutcome.NotLeader) {
              seek(write, until, done);
            } else {
              done.accept(outcome);
            }
          });
    }
  }

  /// Writes of different items, each of which succeeds or fails alone; what one leader gets travels
  /// together. Blocks, so call it from a virtual thread.
  ///
  /// @return one for each, in order
  public List<WriteOutcome.Part> writeEach(List<ItemWrite> writes) {
    List<CompletableFuture<WriteOutcome>> outcomes = new ArrayList<>();
    List<Request.WriteEach> requests = together(writes);
    for (Request.WriteEach request : requests) {
      CompletableFuture<WriteOutcome> outcome = new CompletableFuture<>();
      change(request, outcome::complete);
      outcomes.add(outcome);
    }
    List<WriteOutcome.Part> parts = new ArrayList<>(writes.size());
    for (int i = 0; i < requests.size(); i++) {
      if (outcomes.get(i).join() instanceof WriteOutcome.Each(var done)) {
        parts.addAll(done);
      } else {
        WriteOutcome.Part notDone = new WriteOutcome.Part.NotDone(outcomes.get(i).join());
        parts.addAll(Collections.nCopies(requests.get(i).writes().size(), notDone));
      }
    }
    return parts;
  }

  /// Neighbours of one partition, as many as one entry carries.
  private static List<Request.WriteEach> together(List<ItemWrite> writes) {
    List<Request.WriteEach> requests = new ArrayList<>();
    List<ItemWrite> run = new ArrayList<>();
    long bytes = 0;
    for (ItemWrite write : writes) {
      long group = write.table().id();
      if (run.isEmpty() || run.getFirst().table().id() != group || bytes >= Request.BATCH_BYTES) {
        run = new ArrayList<>();
        requests.add(new Request.WriteEach(group, run));
        bytes = 0;
      }
      run.add(write);
      bytes += write.bytes();
    }
    return requests;
  }

  private long deadline() {
    return environment.clock().monotonicNanos() + Request.DEADLINE.toNanos();
  }

  private void seek(ItemWrite write, long until, Consumer<WriteOutcome> done) {
    change(new Request.Write(write.table().id(), write), until, done);
  }

  /// Has a partition changed by its leader.
  ///
  /// @param done called exactly once, on any thread
  public void change(Request.Change change, Consumer<WriteOutcome> done) {
    change(change, deadline(), done);
  }

  private void change(Request.Change change, long until, Consumer<WriteOutcome> done) {
    new Attempts<>(environment, replicas, new Changing(change), until, done).start();
  }

  /// Reads one item.
  ///
  /// @param consistent whether no acknowledged write may be missing
  /// @param done called exactly once, on the calling thread when the item is in memory here
  public void read(
      TableSchema table,
      AttributeValue partition,
      @Nullable AttributeValue sort,
      boolean consistent,
      Consumer<ReadOutcome> done) {
    byte[] key = StoredKeys.item(table.id(), partition, sort);
    StorageReplica leader = replicas.leaderHere(table.id());
    if (leader == null) {
      seek(new Request.Read(table.id(), key, consistent), done);
    } else {
      leader.read(
          key,
          consistent,
          outcome -> {
            if (outcome instanceof ReadOutcome.NotLeader) {
              seek(new Request.Read(table.id(), key, consistent), done);
            } else {
              done.accept(outcome);
            }
          });
    }
  }

  private void seek(Request.Read request, Consumer<ReadOutcome> done) {
    new Attempts<>(environment, replicas, new Reading(request), deadline(), done).start();
  }

  /// Looks at several items of a partition at one moment.
  ///
  /// @param done called exactly once, on any thread
  public void read(Request.Together request, Consumer<TogetherOutcome> done) {
    new Attempts<>(environment, replicas, new LookingTogether(request), deadline(), done).start();
  }

  /// Reads a page; blocks, so call it from a virtual thread.
  ///
  /// @throws ApiException an InternalServerError, when the partition cannot be read
  public Page page(TableSchema table, PageRead read, boolean consistent) {
    return page(table.id(), read, consistent);
  }

  /// The same of a partition, which may be an index's.
  public Page page(long group, PageRead read, boolean consistent) {
    StorageReplica leader = replicas.leaderHere(group);
    PageOutcome outcome =
        leader == null ? new PageOutcome.NotLeader(0) : leader.read(read, consistent);
    if (outcome instanceof PageOutcome.NotLeader) {
      CompletableFuture<PageOutcome> found = new CompletableFuture<>();
      Request.ReadPage request = new Request.ReadPage(group, read, consistent);
      new Attempts<>(environment, replicas, new Paging(request), deadline(), found::complete)
          .start();
      outcome = found.join();
    }
    return switch (outcome) {
      case PageOutcome.Read(var page) -> page;
      case PageOutcome.NotLeader _ -> throw ApiException.internal(NOBODY);
      case PageOutcome.Failed(var reason) ->
          throw ApiException.internal("the partition cannot be read: " + reason);
    };
  }

  /// Reads a page of a partition that a replica here has in memory, if it is not a large one. Never
  /// blocks.
  ///
  /// @return null when [#page] has to find it
  public @Nullable Page pageFromMemory(long group, PageRead read, boolean consistent) {
    StorageReplica leader = replicas.leaderHere(group);
    return leader == null ? null : leader.readMemory(read, consistent);
  }

  /// Reads change records; blocks, so call it from a virtual thread.
  ///
  /// @throws ApiException an InternalServerError, when the partition cannot be read
  public ChangesPage changes(Request.ReadChanges request) {
    StorageReplica leader = replicas.leaderHere(request.group());
    ChangesOutcome outcome =
        leader == null ? new ChangesOutcome.NotLeader(0) : ChangeRecords.read(leader, request);
    if (outcome instanceof ChangesOutcome.NotLeader) {
      CompletableFuture<ChangesOutcome> found = new CompletableFuture<>();
      new Attempts<>(environment, replicas, new Following(request), deadline(), found::complete)
          .start();
      outcome = found.join();
    }
    return switch (outcome) {
      case ChangesOutcome.Read(var page) -> page;
      case ChangesOutcome.NotLeader _ -> throw ApiException.internal(NOBODY);
      case ChangesOutcome.Failed(var reason) ->
          throw ApiException.internal("the partition cannot be read: " + reason);
    };
  }

  private record Changing(Request.Change request) implements Attempts.Kind<WriteOutcome> {
    @Override
    public boolean isConsistent() {
      return true;
    }

    @Override
    public void ask(StorageReplica replica, long until, Consumer<WriteOutcome> done) {
      replica.change(request, until, done);
    }

    @Override
    public long elsewhere(WriteOutcome outcome) {
      return outcome instanceof WriteOutcome.NotLeader(var hint) ? hint : -1;
    }

    @Override
    public WriteOutcome of(NodeMessage answer) {
      return answer instanceof NodeMessage.Answer.OfWrite(var outcome)
          ? outcome
          : new WriteOutcome.Unknown("the answer was of another kind");
    }

    @Override
    public WriteOutcome failed(boolean unknown) {
      return unknown
          ? new WriteOutcome.Unknown("the leader did not answer")
          : new WriteOutcome.Unavailable(NOBODY);
    }

    @Override
    public boolean isRepeatable() {
      return false;
    }
  }

  private record Reading(Request.Read request) implements Attempts.Kind<ReadOutcome> {
    @Override
    public boolean isConsistent() {
      return request.consistent();
    }

    @Override
    public void ask(StorageReplica replica, long until, Consumer<ReadOutcome> done) {
      replica.read(request.key(), request.consistent(), done);
    }

    @Override
    public long elsewhere(ReadOutcome outcome) {
      return outcome instanceof ReadOutcome.NotLeader(var hint) ? hint : -1;
    }

    @Override
    public ReadOutcome of(NodeMessage answer) {
      return answer instanceof NodeMessage.Answer.OfRead(var outcome)
          ? outcome
          : new ReadOutcome.Failed("the answer was of another kind");
    }

    @Override
    public ReadOutcome failed(boolean unknown) {
      return new ReadOutcome.Failed(NOBODY);
    }

    @Override
    public boolean isRepeatable() {
      return true;
    }
  }

  private record LookingTogether(Request.Together request)
      implements Attempts.Kind<TogetherOutcome> {
    @Override
    public boolean isConsistent() {
      return true;
    }

    @Override
    public void ask(StorageReplica replica, long until, Consumer<TogetherOutcome> done) {
      replica.read(request, done);
    }

    @Override
    public long elsewhere(TogetherOutcome outcome) {
      return outcome instanceof TogetherOutcome.NotLeader(var hint) ? hint : -1;
    }

    @Override
    public TogetherOutcome of(NodeMessage answer) {
      return answer instanceof NodeMessage.Answer.OfTogether(var outcome)
          ? outcome
          : new TogetherOutcome.Failed("the answer was of another kind");
    }

    @Override
    public TogetherOutcome failed(boolean unknown) {
      return new TogetherOutcome.Failed(NOBODY);
    }

    @Override
    public boolean isRepeatable() {
      return true;
    }
  }

  private record Paging(Request.ReadPage request) implements Attempts.Kind<PageOutcome> {
    @Override
    public boolean isConsistent() {
      return request.consistent();
    }

    @Override
    public void ask(StorageReplica replica, long until, Consumer<PageOutcome> done) {
      done.accept(replica.read(request.page(), request.consistent()));
    }

    @Override
    public long elsewhere(PageOutcome outcome) {
      return outcome instanceof PageOutcome.NotLeader(var hint) ? hint : -1;
    }

    @Override
    public PageOutcome of(NodeMessage answer) {
      return answer instanceof NodeMessage.Answer.OfPage(var outcome)
          ? outcome
          : new PageOutcome.Failed("the answer was of another kind");
    }

    @Override
    public PageOutcome failed(boolean unknown) {
      return new PageOutcome.Failed(NOBODY);
    }

    @Override
    public boolean isRepeatable() {
      return true;
    }
  }

  private record Following(Request.ReadChanges request) implements Attempts.Kind<ChangesOutcome> {
    @Override
    public boolean isConsistent() {
      return request.consistent();
    }

    @Override
    public void ask(StorageReplica replica, long until, Consumer<ChangesOutcome> done) {
      done.accept(ChangeRecords.read(replica, request));
    }

    @Override
    public long elsewhere(ChangesOutcome outcome) {
      return outcome instanceof ChangesOutcome.NotLeader(var hint) ? hint : -1;
    }

    @Override
    public ChangesOutcome of(NodeMessage answer) {
      return answer instanceof NodeMessage.Answer.OfChanges(var outcome)
          ? outcome
          : new ChangesOutcome.Failed("the answer was of another kind");
    }

    @Override
    public ChangesOutcome failed(boolean unknown) {
      return new ChangesOutcome.Failed(NOBODY);
    }

    @Override
    public boolean isRepeatable() {
      return true;
    }
  }
}
