package dev.evenkeel.simulation.workload;

import dev.evenkeel.simulation.Answer;
import dev.evenkeel.simulation.invariant.Serializability;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lists in several tables: transactions append to some of them, and read some of them. The order
/// in which that happened must be one of transactions.
public final class TransactedLists implements Workload {
  private static final int LISTS = 4;
  private static final int TRANSACTIONS_MAX = 400;
  private static final Pattern ELEMENT = Pattern.compile("\"S\":\"(e[0-9]+)\"");
  private static final Pattern LIST =
      Pattern.compile("\"l\":\\{\"L\":\\[([^]]*)\\]\\},\"pk\":\\{\"S\":\"(list[0-9])\"");

  private final Session session;
  private final int clients;
  private final Serializability order = new Serializability();
  private int elements;
  private int transactions;
  private boolean readAtEnd;

  public TransactedLists(Session session, int clients) {
    this.session = session;
    this.clients = clients;
  }

  @Override
  public void start() {
    for (int i = 0; i < clients; i++) {
      new Client(session, "transacted-lists/" + i, this::act).start();
    }
  }

  private void act(Client client) {
    if (++transactions > TRANSACTIONS_MAX) {
      return;
    }
    if (client.random().nextBoolean()) {
      append(client);
    } else {
      List<Integer> lists = some(client);
      long invoked = now();
      client.call(
          "TransactGetItems",
          readBody(lists),
          answer -> {
            if (answer.isOk()) {
              order.read(lists(lists, answer), invoked, now());
              session.region().hit("simulation.lists-read");
            }
          });
    }
  }

  private long now() {
    return session.histories().now();
  }

  /// Two or more of them.
  private static List<Integer> some(Client client) {
    List<Integer> some = new ArrayList<>();
    for (int i = 0; i < LISTS; i++) {
      if (client.random().nextInt(2) == 0 || LISTS - i <= 2 - some.size()) {
        some.add(i);
      }
    }
    return some;
  }

  private static String item(int list) {
    return "\"TableName\":\"%s\",\"Key\":{\"pk\":{\"S\":\"list%d\"},\"sk\":{\"S\":\"x\"}}"
        .formatted(Bank.table(list % Bank.TABLES), list);
  }

  private void append(Client client) {
    String element = "e" + elements++;
    List<String> updates = new ArrayList<>();
    for (int list : some(client)) {
      updates.add(
          "{\"Update\":{"
              + item(list)
              + ",\"UpdateExpression\":\"SET l = list_append(if_not_exists(l, :none), :new)\","
              + "\"ExpressionAttributeValues\":{\":none\":{\"L\":[]},\":new\":{\"L\":[{\"S\":\""
              + element
              + "\"}]}}}}");
    }
    order.append(element, now());
    client.call(
        "TransactWriteItems",
        "{\"TransactItems\":[" + String.join(",", updates) + "]}",
        answer -> {
          if (answer.isOk()) {
            order.appended(element, now());
            session.region().hit("simulation.lists-appended");
          } else if (!answer.isUnknown()) {
            order.notAppended(element);
          }
        });
  }

  private static String readBody(List<Integer> lists) {
    List<String> gets = new ArrayList<>();
    lists.forEach(list -> gets.add("{\"Get\":{" + item(list) + "}}"));
    return "{\"TransactItems\":[" + String.join(",", gets) + "]}";
  }

  private static Map<String, List<String>> lists(List<Integer> lists, Answer answer) {
    Map<String, List<String>> found = new LinkedHashMap<>();
    lists.forEach(list -> found.put("list" + list, List.of()));
    Matcher items = LIST.matcher(answer.body());
    while (items.find()) {
      List<String> elements = new ArrayList<>();
      Matcher matcher = ELEMENT.matcher(items.group(1));
      while (matcher.find()) {
        elements.add(matcher.group(1));
      }
      found.put(items.group(2), elements);
    }
    return found;
  }

  /// Reads all lists when nothing goes wrong any more.
  public void audit() {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < LISTS; i++) {
      all.add(i);
    }
    long invoked = now();
    session
        .region()
        .call(
            "TransactGetItems",
            readBody(all),
            answer -> {
              if (answer.isOk()) {
                order.read(lists(all, answer), invoked, now());
                readAtEnd = true;
              } else {
                session.region().simulator().after(50_000_000, "audit again", this::audit);
              }
            });
  }

  public boolean isAudited() {
    return readAtEnd;
  }

  @Override
  public void finish() {
    order.check();
  }
}
