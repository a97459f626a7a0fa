package dev.evenkeel.replica;

import dev.evenkeel.paxos.Message;
import dev.evenkeel.rpc.PeerListener;
import dev.evenkeel.rpc.Receiver;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Takes what other nodes say to this one.
final class NodeReceiver implements Receiver<NodeMessage>, PeerListener {
  private final StorageNode node;
  private final NodeParts parts;
  private final Routes routes;

  NodeReceiver(StorageNode node, NodeParts parts, Routes routes) {
    this.node = node;
    this.parts = parts;
    this.routes = routes;
  }

  @Override
  public void connected(long identity) {
    parts.messenger().send(identity, parts.beat());
    for (StorageReplica replica : node.replicas()) {
      if (replica.serves()) {
        parts.messenger().send(identity, replica.announcement());
      }
    }
  }

  @Override
  public void disconnected(long identity) {}

  @Override
  public void message(long from, NodeMessage message) {
    switch (message) {
      case NodeMessage.Beat(var heartbeat, long wallMicros, var disks) -> {
        parts.clocks().heard(from, wallMicros);
        parts.support().disks().heard(from, disks);
        parts
            .messenger()
            .send(from, new NodeMessage.Supports(parts.support().heard(from, heartbeat, now())));
        parts.watch().heard();
      }
      case NodeMessage.Supports(var supported) -> {
        if (parts.support().received(from, supported, now())) {
          supportChanged(from);
        }
      }
      case NodeMessage.Farewell _ -> {
        parts.support().withdraw(from);
        parts.watch().heard();
      }
      case NodeMessage.Protocol(var group, var inner) -> protocol(from, group, inner);
      case NodeMessage.NoSuchReplica(var group) -> {
        StorageReplica replica = node.replica(group);
        if (replica != null) {
          node.healing().missing(replica, from);
        }
      }
      case NodeMessage.NotMember notMember -> notMember(notMember);
      case NodeMessage.Leads news -> routes.learn(news);
      default -> throw new IllegalArgumentException("not a one-way message: " + message);
    }
  }

  private void supportChanged(long from) {
    for (StorageReplica replica : node.replicas()) {
      if (replica.leader() == parts.self()) {
        replica.step(now -> replica.participant().supportChanged(from, now));
      }
    }
  }

  private void protocol(long from, long group, Message message) {
    StorageReplica replica = node.replica(group);
    if (replica != null) {
      replica.receive(from, message);
    } else if (message instanceof Message.Accept
        || message instanceof Message.Prepare
        || message instanceof Message.Base) {
      parts.messenger().send(from, new NodeMessage.NoSuchReplica(group));
    } else if (message instanceof Message.Hears(var ballot) && ballot.node() == parts.self()) {
      // A replica that was dropped while it was a candidate told nobody, or its word was lost.
      NodeMessage.Protocol resigned =
          new NodeMessage.Protocol(group, new Message.Resign(ballot, 0));
      parts.messenger().send(from, resigned);
    }
  }

  private void notMember(NodeMessage.NotMember news) {
    StorageReplica replica = node.replica(news.group());
    if (replica != null) {
      replica.step(now -> {
        boolean newer =
            news.configuration().generation() > replica.participant().configuration().generation();
        if (newer && !news.configuration().contains(parts.self())) {
          remove(replica);
        }
      });
    }
  }

  private void remove(StorageReplica replica) {
    dropping(replica.group(), () -> node.drop(replica.group()));
  }

  @Override
  public void request(long from, NodeMessage request, Consumer<NodeMessage> answer) {
    switch (request) {
      case NodeMessage.Ask(var inner) -> ask(inner, answer);
      case NodeMessage.Empty(var group) -> {
        StorageReplica replica = node.replica(group);
        if (replica == null) {
          answer.accept(new NodeMessage.Answer.OfWrite(new WriteOutcome.NotLeader(0)));
        } else {
          replica.empty(
              deadline(), outcome -> answer.accept(new NodeMessage.Answer.OfWrite(outcome)));
        }
      }
      case NodeMessage.Open open ->
          blocking(() -> answer.accept(new NodeMessage.Done(node.open(open))));
      case NodeMessage.Drop(var group) ->
          dropping(group, () -> answer.accept(new NodeMessage.Done(node.drop(group))));
      case NodeMessage.Has(var group) ->
          answer.accept(new NodeMessage.Done(mayBeFounded(group) ? "no such replica" : ""));
      case NodeMessage.Fetch fetch -> blocking(() -> answer.accept(piece(fetch)));
      default -> throw new IllegalArgumentException("not a request: " + request);
    }
  }

  /// As far as this node knows: it has no replica of the group, nor did it lose one.
  private boolean mayBeFounded(long group) {
    return node.replica(group) == null && node.founds();
  }

  private void ask(Request request, Consumer<NodeMessage> answer) {
    @Nullable StorageReplica replica = node.replica(request.group());
    switch (request) {
      case Request.Change change -> {
        Consumer<WriteOutcome> done =
            outcome -> answer.accept(new NodeMessage.Answer.OfWrite(outcome));
        if (replica == null) {
          done.accept(new WriteOutcome.NotLeader(0));
        } else {
          replica.change(change, deadline(), done);
        }
      }
      case Request.Together together -> {
        Consumer<TogetherOutcome> done =
            outcome -> answer.accept(new NodeMessage.Answer.OfTogether(outcome));
        if (replica == null) {
          done.accept(new TogetherOutcome.NotLeader(0));
        } else {
          replica.read(together, done);
        }
      }
      case Request.Read(_, var key, var consistent) -> {
        Consumer<ReadOutcome> done =
            outcome -> answer.accept(new NodeMessage.Answer.OfRead(outcome));
        if (replica == null) {
          done.accept(new ReadOutcome.NotLeader(0));
        } else {
          replica.read(key, consistent, done);
        }
      }
      case Request.ReadPage(_, var page, var consistent) ->
          blocking(() ->
              answer.accept(
                  new NodeMessage.Answer.OfPage(
                      replica == null
                          ? new PageOutcome.NotLeader(0)
                          : replica.read(page, consistent))));
      case Request.ReadChanges changes ->
          blocking(() ->
              answer.accept(
                  new NodeMessage.Answer.OfChanges(
                      replica == null
                          ? new ChangesOutcome.NotLeader(0)
                          : ChangeRecords.read(replica, changes))));
    }
  }

  private NodeMessage.Piece piece(NodeMessage.Fetch fetch) {
    StorageReplica replica = node.replica(fetch.group());
    if (replica == null) {
      return Snapshots.problem("no such replica here");
    }
    try {
      return Snapshots.read(parts.store(), replica, fetch.from(), fetch.bytesMax());
    } catch (IOException e) {
      return Snapshots.problem(String.valueOf(e.getMessage()));
    }
  }

  private void dropping(long group, Runnable work) {
    parts.environment().tasks().fork("remove-" + group, work);
  }

  private void blocking(Runnable work) {
    parts.environment().tasks().reads().execute(work);
  }

  /// Of a request that comes now: the other node has waited for less time, or gives up earlier.
  private long deadline() {
    return now() + Request.DEADLINE.toNanos();
  }

  private long now() {
    return parts.environment().clock().monotonicNanos();
  }
}
