package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.ExpressionScope;
import dev.evenkeel.expression.Expressions;
import dev.evenkeel.expression.Update;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.GlobalIndex;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.KeySchema.KeyAttribute;
import dev.evenkeel.model.LocalIndex;
import dev.evenkeel.model.PartitionSchema;
import dev.evenkeel.model.StreamSettings;
import dev.evenkeel.model.TableSchema;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// One message of each kind, by what it says.
final class Messages {
  static final AttributeValue PARTITION = new AttributeValue.S("p");
  static final AttributeValue SORT = AttributeValue.N.of(7);
  static final BinaryItem ITEM =
      BinaryItem.of(Map.of("pk", PARTITION, "sk", SORT, "v", new AttributeValue.S("value")));

  static final KeySchema KEYS =
      new KeySchema(
          new KeyAttribute("pk", AttributeValue.Type.S),
          new KeyAttribute("sk", AttributeValue.Type.N));
  static final TableSchema PLAIN =
      new TableSchema(
          0x0102030405060708L,
          "plain",
          new KeySchema(new KeyAttribute("pk", AttributeValue.Type.S), null),
          List.of());
  static final TableSchema INDEXED =
      new TableSchema(
          9,
          "indexed",
          KEYS,
          List.of(
              index("all", 1, AttributeValue.Type.S, LocalIndex.Projection.ALL),
              index("keys", 2, AttributeValue.Type.N, LocalIndex.Projection.KEYS_ONLY),
              index("some", 3, AttributeValue.Type.B, LocalIndex.Projection.INCLUDE, "x", "y")));

  private static final Expressions EXPRESSIONS = new Expressions();

  private Messages() {}

  static SequencedMap<String, Request> requests() {
    SequencedMap<String, Request> all = new LinkedHashMap<>();
    ItemWrite.Change delete = ItemWrite.Change.Delete.INSTANCE;
    all.put(
        "put",
        write(new ItemWrite(INDEXED, PARTITION, SORT, null, new ItemWrite.Change.Put(ITEM))));
    all.put(
        "conditional delete",
        write(new ItemWrite(PLAIN, PARTITION, null, condition("attribute_exists(pk)"), delete)));
    all.put(
        "modify",
        write(
            new ItemWrite(
                INDEXED,
                PARTITION,
                SORT,
                condition("v <> :v"),
                new ItemWrite.Change.Modify(update("SET v = :v")))));
    byte[] key = StoredKeys.item(9, PARTITION, SORT);
    all.put(
        "expire",
        write(new ItemWrite(PLAIN, PARTITION, null, null, new ItemWrite.Change.Expire(7))));
    all.put(
        "fill expiry",
        new Request.FillExpiry(9, "until", List.of(key, key), StoredKeys.after(key)));
    all.put(
        "read changes", new Request.ReadChanges(9, new ChangePosition(5, 1), 1000, 1 << 20, true));
    all.put("configure nothing", new Request.Configure(9, PartitionSchema.NONE));
    all.put(
        "configure",
        new Request.Configure(
            9,
            new PartitionSchema(
                4,
                List.of(
                    new GlobalIndex(
                        "global",
                        77,
                        new GlobalIndex.Keys(
                            List.of(new KeyAttribute("x", AttributeValue.Type.S)),
                            List.of(
                                new KeyAttribute("y", AttributeValue.Type.N),
                                new KeyAttribute("z", AttributeValue.Type.B)),
                            KEYS),
                        LocalIndex.Projection.INCLUDE,
                        List.of("u", "w"))),
                new StreamSettings("label", StreamSettings.View.OLD_IMAGE),
                "until")));
    all.put("forget", new Request.Forget(9, new ChangePosition(1L << 40, 3), 4));
    all.put("follow", new Request.Follow(77, batch(key)));
    all.put(
        "write each",
        new Request.WriteEach(
            9,
            List.of(
                new ItemWrite(INDEXED, PARTITION, SORT, null, new ItemWrite.Change.Put(ITEM)),
                new ItemWrite(INDEXED, PARTITION, SORT, null, delete))));
    all.put("consistent read", new Request.Read(9, key, true));
    all.put("eventual read", new Request.Read(9, key, false));
    transactions(all, key);
    StoredKeys.Range range = StoredKeys.collection(9, PARTITION);
    all.put(
        "read a page",
        new Request.ReadPage(
            9, new PageRead(range, false, Integer.MAX_VALUE, 1, null, null), true));
    all.put(
        "read a page of an index",
        new Request.ReadPage(
            9,
            new PageRead(range, true, 5, 1 << 20, condition("v = :v"), new PageRead.Fetch(9, KEYS)),
            false));
    return all;
  }

  private static IndexBatch batch(byte[] key) {
    return new IndexBatch(
        9,
        IndexPosition.START,
        new IndexPosition(new ChangePosition(1L << 41, 4), new AttributeValue.Bytes(key)),
        List.of(
            new IndexBatch.Change(new AttributeValue.Bytes(new byte[] {1, 2}), null),
            new IndexBatch.Change(
                new AttributeValue.Bytes(new byte[] {3}),
                BinaryItem.of(Map.of("a", AttributeValue.N.of(1))).bytes())),
        new IndexBatch.Size(1, -20));
  }

  private static void transactions(SequencedMap<String, Request> all, byte[] key) {
    TransactionId id = new TransactionId(1L << 40, -3);
    Transaction transaction = new Transaction(id, "token/abc");
    TransactionAction check =
        new TransactionAction(
            new ItemWrite(
                PLAIN,
                PARTITION,
                null,
                condition("attribute_exists(pk)"),
                ItemWrite.Change.Check.INSTANCE),
            true);
    TransactionAction put =
        new TransactionAction(
            new ItemWrite(INDEXED, PARTITION, SORT, null, new ItemWrite.Change.Put(ITEM)), false);
    all.put("prepare", new Request.Prepare(9, transaction, List.of(check, put)));
    all.put("transact", new Request.Transact(9, null, List.of(put)));
    all.put("transact and mark", new Request.Transact(9, new Mark(transaction, 7), List.of(check)));
    all.put("commit", new Request.Finish(9, id, true, 1L << 50));
    all.put("give up", new Request.Finish(9, id, false, 0));
    all.put("ask for a mark", new Request.AskMark(9, new Mark(transaction, 7), true));
    all.put("remove marks", new Request.Unmark(9, List.of(id, TransactionId.NONE)));
    all.put("read together", new Request.ReadTogether(9, List.of(key, new byte[] {1})));
    all.put("still together", new Request.StillTogether(9, List.of(key), 77));
  }

  static SequencedMap<String, TogetherOutcome> togetherOutcomes() {
    SequencedMap<String, TogetherOutcome> all = new LinkedHashMap<>();
    all.put("together", new TogetherOutcome.Items(1L << 33, Arrays.asList(ITEM, null)));
    all.put("together and the same", new TogetherOutcome.Items(7, List.of()));
    all.put("together in conflict", new TogetherOutcome.Conflict(3));
    all.put("together failed", new TogetherOutcome.Failed("the disk is gone"));
    all.put("together not of leader", new TogetherOutcome.NotLeader(5));
    return all;
  }

  static SequencedMap<String, WriteOutcome> writeOutcomes() {
    SequencedMap<String, WriteOutcome> all = new LinkedHashMap<>();
    all.put("applied", new WriteOutcome.Applied(null, ITEM, Map.of(), -1));
    all.put("applied to an index", new WriteOutcome.Applied(ITEM, null, Map.of("all", 4L), 123));
    all.put("condition failed", new WriteOutcome.ConditionFailed(ITEM));
    all.put("condition failed on nothing", new WriteOutcome.ConditionFailed(null));
    all.put("rejected", new WriteOutcome.Rejected(ApiException.validation("It does not fit.")));
    all.put("rejected with members", new WriteOutcome.Rejected(errorWithMembers()));
    all.put("conflict", new WriteOutcome.Conflict());
    all.put(
        "each",
        new WriteOutcome.Each(
            List.of(
                new WriteOutcome.Part.Done(new WriteOutcome.Effect(0, 12, Map.of("all", 4L), 7)),
                new WriteOutcome.Part.NotDone(new WriteOutcome.Conflict()))));
    all.put(
        "transacted",
        new WriteOutcome.Transacted(
            1L << 50,
            List.of(
                new WriteOutcome.Effect(0, 12, Map.of(), -1),
                new WriteOutcome.Effect(300, 0, Map.of("all", 4L), 5_000))));
    all.put(
        "canceled",
        new WriteOutcome.Canceled(
            List.of(
                WriteOutcome.Reason.None.INSTANCE,
                WriteOutcome.Reason.Conflict.INSTANCE,
                new WriteOutcome.Reason.ConditionFailed(ITEM),
                new WriteOutcome.Reason.ConditionFailed(null))));
    all.put("happened", new WriteOutcome.Happened(true));
    all.put("too large", new WriteOutcome.TooLarge());
    all.put("other epoch", new WriteOutcome.OtherEpoch(5));
    all.put("unavailable", new WriteOutcome.Unavailable("the disk is full"));
    all.put("unknown", new WriteOutcome.Unknown("the log failed"));
    all.put("not leader", new WriteOutcome.NotLeader(3));
    return all;
  }

  static SequencedMap<String, ReadOutcome> readOutcomes() {
    SequencedMap<String, ReadOutcome> all = new LinkedHashMap<>();
    all.put("item", new ReadOutcome.Item(ITEM));
    all.put("no item", new ReadOutcome.Item(null));
    all.put("read failed", new ReadOutcome.Failed("the disk is gone"));
    all.put("read not of leader", new ReadOutcome.NotLeader(0));
    return all;
  }

  static SequencedMap<String, PageOutcome> pageOutcomes() {
    SequencedMap<String, PageOutcome> all = new LinkedHashMap<>();
    all.put("page", new PageOutcome.Read(new Page(List.of(ITEM, ITEM), 3, 300, 4096, ITEM)));
    all.put("last page", new PageOutcome.Read(new Page(List.of(), 0, 0, 0, null)));
    all.put("page failed", new PageOutcome.Failed("the disk is gone"));
    all.put("page not of leader", new PageOutcome.NotLeader(-1));
    return all;
  }

  static SequencedMap<String, ChangesOutcome> changesOutcomes() {
    SequencedMap<String, ChangesOutcome> all = new LinkedHashMap<>();
    StreamSettings settings = new StreamSettings("label", StreamSettings.View.KEYS_ONLY);
    StreamSpan.Bound bound = new StreamSpan.Bound(3, 4);
    all.put(
        "changes",
        new ChangesOutcome.Read(
            new ChangesPage(
                List.of(
                    new ChangeRecord(new ChangePosition(5, 0), 6, null, ITEM, false),
                    new ChangeRecord(new ChangePosition(5, 1), 6, ITEM, null, true)),
                9,
                new ChangePosition(4, 2),
                List.of(
                    new StreamSpan(settings, bound, null),
                    new StreamSpan(settings, bound, bound)))));
    all.put("changes failed", new ChangesOutcome.Failed("the disk is gone"));
    all.put("changes not of leader", new ChangesOutcome.NotLeader(2));
    return all;
  }

  private static ApiException errorWithMembers() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("Item", ITEM);
    members.put("Reasons", List.of("one", Map.of("Code", "None")));
    return ApiException.with(ApiException.Kind.CONDITIONAL_CHECK_FAILED, null, members);
  }

  private static Request write(ItemWrite write) {
    return new Request.Write(write.table().id(), write);
  }

  private static Condition condition(String text) {
    return EXPRESSIONS.condition(text, scope());
  }

  private static Update update(String text) {
    return EXPRESSIONS.update(text, scope());
  }

  private static ExpressionScope scope() {
    return ExpressionScope.of(null, Map.of(":v", new AttributeValue.S("other")));
  }

  private static LocalIndex index(
      String name,
      int number,
      AttributeValue.Type type,
      LocalIndex.Projection projection,
      String... attributes) {
    KeySchema keys = new KeySchema(KEYS.partition(), new KeyAttribute("i" + number, type));
    return new LocalIndex(name, number, keys, projection, List.of(attributes));
  }
}
