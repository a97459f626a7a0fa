package dev.evenkeel.simulation.invariant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Strict serializability of transactions on lists: each appends an element of its own to some
/// lists, or reads some lists. What was read tells the order of the appends to each list; then no
/// cycle may be among what each transaction depends on, and the order of real time.
public final class Serializability {
  /// One transaction.
  ///
  /// @param invoked when it was called
  private static final class Node {
    private final String name;
    private final long invoked;

    /// When it was answered; never, while nobody knows.
    private long returned = Long.MAX_VALUE;

    /// Who must come after it.
    private final List<Node> next = new ArrayList<>();

    private int mark;

    Node(String name, long invoked) {
      this.name = name;
      this.invoked = invoked;
    }
  }

  private final SequencedMap<String, Node> appends = new LinkedHashMap<>();
  private final List<Node> reads = new ArrayList<>();
  private final List<Map<String, List<String>>> seen = new ArrayList<>();
  private final Map<String, List<String>> longest = new LinkedHashMap<>();

  /// A transaction begins that appends that element to some lists.
  public void append(String element, long now) {
    appends.put(element, new Node("append " + element, now));
  }

  /// It is known to have happened.
  public void appended(String element, long now) {
    writer(element).returned = now;
  }

  /// It is known not to have happened.
  public void notAppended(String element) {
    appends.remove(element);
  }

  /// A transaction has read those lists.
  public void read(Map<String, List<String>> lists, long invoked, long returned) {
    Node node = new Node("read " + lists, invoked);
    node.returned = returned;
    reads.add(node);
    seen.add(lists);
    lists.forEach((key, list) -> {
      List<String> before = longest.getOrDefault(key, List.of());
      List<String> shorter = before.size() < list.size() ? before : list;
      List<String> longer = before.size() < list.size() ? list : before;
      if (!longer.subList(0, shorter.size()).equals(shorter)) {
        throw new AssertionError("list %s was %s, and was %s".formatted(key, before, list));
      }
      longest.put(key, longer);
    });
  }

  /// Transactions that read.
  public int reads() {
    return reads.size();
  }

  /// To be called when every list has been read at the end.
  public void check() {
    longest.forEach((key, list) -> {
      for (int i = 0; i < list.size(); i++) {
        Node writer = writer(list.get(i));
        if (list.indexOf(list.get(i)) != i) {
          throw new AssertionError(list.get(i) + " is twice in " + key + ": " + list);
        }
        if (i > 0) {
          writer(list.get(i - 1)).next.add(writer);
        }
      }
    });
    for (int i = 0; i < reads.size(); i++) {
      Node read = reads.get(i);
      seen.get(i)
          .forEach((key, list) -> {
            if (!list.isEmpty()) {
              writer(list.getLast()).next.add(read);
            }
            List<String> all = longest.getOrDefault(key, List.of());
            if (list.size() < all.size()) {
              read.next.add(writer(all.get(list.size())));
            }
          });
    }
    List<Node> all = new ArrayList<>(appends.values());
    all.addAll(reads);
    for (Node first : all) {
      for (Node second : all) {
        if (first.returned < second.invoked) {
          first.next.add(second);
        }
      }
    }
    all.forEach(node -> visit(node, new HashMap<>()));
  }

  private Node writer(String element) {
    Node writer = appends.get(element);
    if (writer == null) {
      throw new AssertionError(element + " was appended by nobody, or by who was refused");
    }
    return writer;
  }

  /// @param from who led to each node on the present way
  private static void visit(Node node, Map<Node, Node> from) {
    if (node.mark == 2) {
      return;
    }
    node.mark = 1;
    for (Node next : node.next) {
      if (next.mark == 1) {
        throw new AssertionError(cycle(next, node, from));
      }
      if (next.mark == 0) {
        from.put(next, node);
        visit(next, from);
      }
    }
    node.mark = 2;
  }

  private static String cycle(Node first, Node last, Map<Node, Node> from) {
    StringBuilder cycle = new StringBuilder("a cycle of transactions: " + first.name);
    for (Node node = last; node != null && node != first; node = from.get(node)) {
      cycle.append(" <- ").append(node.name);
    }
    return cycle.toString();
  }
}
