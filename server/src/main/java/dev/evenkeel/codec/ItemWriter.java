package dev.evenkeel.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.Numbers;
import java.math.BigDecimal;
import java.util.Arrays;

/// Builds the stored form of an item in one pass over its attributes, in whatever order they come.
///
/// Call order: for each attribute [#name], then exactly one value; [#startMap] … [#end] nests, with
/// a name before each value; [#startList] … [#end] and the sets' elements have no names; [#finish]
/// at the end. Attributes and set elements are sorted when their container ends. The writer can be
/// used again after `finish` or [#reset]. One thread at a time.
public final class ItemWriter {
  static final int VARINT_BYTES_MAX = 5;

  private static final int BYTES_INITIAL = 1024;

  /// Containers open at once: the item, and the nesting that the API allows, and one to spare.
  private static final int FRAMES_MAX = Limits.NESTING_LEVELS_MAX + 2;

  /// Bytes kept free at the front for version, size and count, which are known last.
  private static final int HEADER_BYTES_MAX = 1 + 2 * VARINT_BYTES_MAX;

  private static final int CONTAINER_BYTES = 3;

  /// Most items have few attributes: up to this many are sorted in place, without boxing.
  private static final int INSERTION_SORT_MAX = 32;

  private byte[] bytes = new byte[BYTES_INITIAL];
  private int at = HEADER_BYTES_MAX;

  /// By AWS's accounting.
  private long size;

  /// Where each member of each open container begins, frame after frame.
  private int[] starts = new int[64];

  private int startsUsed;

  /// By open container: its tag, where its body begins, where its members begin in `starts`.
  private final byte[] frameTag = new byte[FRAMES_MAX];

  private final int[] frameBody = new int[FRAMES_MAX];
  private final int[] frameStarts = new int[FRAMES_MAX];
  private int depth;

  private byte[] scratch = {};

  public ItemWriter() {
    start();
  }

  /// Forgets what was written.
  public void reset() {
    start();
  }

  private void start() {
    at = HEADER_BYTES_MAX;
    size = 0;
    startsUsed = 0;
    depth = 0;
    frameTag[0] = Tags.M;
    frameBody[0] = at;
    frameStarts[0] = 0;
  }

  /// Begins an attribute of the innermost map.
  ///
  /// @throws ApiException a ValidationException, when the name is empty or too long
  public ItemWriter name(String name) {
    return name(name.getBytes(UTF_8));
  }

  /// The same for a name that is encoded already.
  public ItemWriter name(byte[] utf8) {
    checkName(utf8.length);
    member();
    lengthAndBytes(utf8, 0, utf8.length);
    size += utf8.length;
    return this;
  }

  public void string(String value) {
    byte[] utf8 = value.getBytes(UTF_8);
    scalar(Tags.S, utf8);
  }

  /// @param canonical as [Numbers#parse] returns it
  public void number(BigDecimal canonical) {
    beginValue();
    tag(Tags.N);
    byte[] text = Numbers.text(canonical).getBytes(UTF_8);
    lengthAndBytes(text, 0, text.length);
    size += Numbers.size(canonical);
  }

  public void binary(byte[] value) {
    scalar(Tags.B, value);
  }

  public void bool(boolean value) {
    beginValue();
    tag(value ? Tags.TRUE : Tags.FALSE);
    size++;
  }

  public void nul() {
    beginValue();
    tag(Tags.NULL);
    size++;
  }

  public void startMap() {
    open(Tags.M);
    size += CONTAINER_BYTES;
  }

  public void startList() {
    open(Tags.L);
    size += CONTAINER_BYTES;
  }

  public void startStringSet() {
    open(Tags.SS);
  }

  public void startNumberSet() {
    open(Tags.NS);
  }

  public void startBinarySet() {
    open(Tags.BS);
  }

  /// An element of the innermost string or binary set.
  public void element(byte[] value) {
    member();
    lengthAndBytes(value, 0, value.length);
    size += value.length;
  }

  /// An element of the innermost number set.
  public void element(BigDecimal canonical) {
    member();
    byte[] text = Numbers.text(canonical).getBytes(UTF_8);
    lengthAndBytes(text, 0, text.length);
    size += Numbers.size(canonical);
  }

  /// A whole value.
  public void value(AttributeValue value) {
    switch (value) {
      case AttributeValue.S(var text) -> string(text);
      case AttributeValue.N(var number) -> number(number);
      case AttributeValue.B(var blob) -> binary(blob.array());
      case AttributeValue.Bool(var bool) -> bool(bool);
      case AttributeValue.Null _ -> nul();
      case AttributeValue.SS(var texts) -> {
        startStringSet();
        texts.forEach(text -> element(text.getBytes(UTF_8)));
        end();
      }
      case AttributeValue.NS(var numbers) -> {
        startNumberSet();
        numbers.forEach(this::element);
        end();
      }
      case AttributeValue.BS(var blobs) -> {
        startBinarySet();
        blobs.forEach(blob -> element(blob.array()));
        end();
      }
      case AttributeValue.L(var values) -> {
        startList();
        values.forEach(this::value);
        end();
      }
      case AttributeValue.M(var values) -> {
        startMap();
        values.forEach((name, member) -> name(name).value(member));
        end();
      }
    }
  }

  /// Ends the innermost container.
  ///
  /// @throws ApiException a ValidationException, when a set is empty or holds an element twice, or
  ///   a map a name twice
  public void end() {
    byte tag = frameTag[depth];
    int body = frameBody[depth];
    int first = frameStarts[depth];
    int count = startsUsed - first;
    if (tag != Tags.L) {
      sort(tag, first, count);
    }
    if (tag == Tags.M || tag == Tags.L) {
      size += count;
    }
    insertCount(body, count);
    int length = at - body;
    bytes[body - 4] = (byte) (length >>> 24);
    bytes[body - 3] = (byte) (length >>> 16);
    bytes[body - 2] = (byte) (length >>> 8);
    bytes[body - 1] = (byte) length;
    startsUsed = first;
    depth--;
  }

  /// The item; the writer is empty again.
  ///
  /// @throws ApiException a ValidationException, when a name came twice
  public BinaryItem finish() {
    if (depth != 0) {
      throw new IllegalStateException(depth + " containers still open");
    }
    sort(Tags.M, 0, startsUsed);
    int accounted = (int) Math.min(size, Integer.MAX_VALUE);
    int header = 1 + varintBytes(accounted) + varintBytes(startsUsed);
    int from = HEADER_BYTES_MAX - header;
    bytes[from] = BinaryItem.VERSION;
    int next = putVarint(bytes, from + 1, accounted);
    putVarint(bytes, next, startsUsed);
    BinaryItem item = new BinaryItem(Arrays.copyOfRange(bytes, from, at));
    reset();
    return item;
  }

  /// Bytes by AWS's accounting so far.
  public long size() {
    return size;
  }

  /// Lists and maps open around the next value, the item not counted.
  public int depth() {
    return depth;
  }

  /// Copies one attribute, name and value, from a reader that stands before it.
  ///
  /// @param reader stands behind the attribute afterwards
  public void copyAttribute(ItemReader reader) {
    byte[] from = reader.array();
    int length = reader.varint();
    member();
    lengthAndBytes(from, reader.position(), length);
    size += length;
    reader.skipBytes(length);
    int valueFrom = reader.position();
    reader.skipValue();
    append(from, valueFrom, reader.position() - valueFrom);
    size += ValueSize.of(from, valueFrom);
  }

  private void scalar(byte tag, byte[] value) {
    beginValue();
    tag(tag);
    lengthAndBytes(value, 0, value.length);
    size += value.length;
  }

  private void open(byte tag) {
    beginValue();
    tag(tag);
    ensure(Integer.BYTES);
    at += Integer.BYTES;
    depth++;
    frameTag[depth] = tag;
    frameBody[depth] = at;
    frameStarts[depth] = startsUsed;
  }

  /// Values in a list begin a member; values in a map belong to the member that their name began.
  ///
  /// @throws ApiException a ValidationException, when the value lies too deep
  private void beginValue() {
    if (depth >= Limits.NESTING_LEVELS_MAX) {
      throw ApiException.validation(
          "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels"
              + " beyond supported limit");
    }
    if (frameTag[depth] == Tags.L) {
      member();
    }
  }

  private static void checkName(int bytes) {
    if (bytes > Limits.ATTRIBUTE_NAME_BYTES_MAX) {
      throw ApiException.validation(
          "Attribute name is too large, must be less than "
              + (Limits.ATTRIBUTE_NAME_BYTES_MAX + 1)
              + " bytes");
    }
    if (bytes == 0) {
      throw ApiException.validation(
          "One or more parameter values were invalid: Attribute name may not be empty");
    }
  }

  private void member() {
    if (startsUsed == starts.length) {
      starts = Arrays.copyOf(starts, starts.length * 2);
    }
    starts[startsUsed++] = at;
  }

  private void sort(byte tag, int first, int count) {
    if (tag != Tags.M && count == 0) {
      throw ApiException.validation(
          switch (tag) {
            case Tags.SS ->
                "One or more parameter values were invalid: An string set  may not be empty";
            case Tags.NS ->
                "One or more parameter values were invalid: An number set  may not be empty";
            default -> "One or more parameter values were invalid: Binary sets should not be empty";
          });
    }
    if (inOrder(tag, first, count)) {
      return;
    }
    int from = starts[first];
    int length = at - from;
    if (scratch.length < length) {
      scratch = new byte[Math.max(length, scratch.length * 2)];
    }
    System.arraycopy(bytes, from, scratch, 0, length);
    int[] order = order(first, count);
    for (int i = 1; i < count; i++) {
      if (compare(starts[first + order[i - 1]], starts[first + order[i]]) == 0) {
        throw duplicate(tag);
      }
    }
    int to = from;
    for (int i = 0; i < count; i++) {
      int member = order[i];
      int start = starts[first + member];
      int end = member + 1 < count ? starts[first + member + 1] : at;
      int memberBytes = end - start;
      System.arraycopy(scratch, start - from, bytes, to, memberBytes);
      to += memberBytes;
    }
  }

  /// The members' numbers in the order of their names or values.
  private int[] order(int first, int count) {
    int[] order = new int[count];
    if (count > INSERTION_SORT_MAX) {
      Integer[] boxed = new Integer[count];
      Arrays.setAll(boxed, Integer::valueOf);
      Arrays.sort(boxed, (a, b) -> compare(starts[first + a], starts[first + b]));
      Arrays.setAll(order, i -> boxed[i]);
      return order;
    }
    for (int i = 1; i < count; i++) {
      int to = i;
      while (to > 0 && compare(starts[first + order[to - 1]], starts[first + i]) > 0) {
        order[to] = order[to - 1];
        to--;
      }
      order[to] = i;
    }
    return order;
  }

  private boolean inOrder(byte tag, int first, int count) {
    for (int i = 1; i < count; i++) {
      int order = compare(starts[first + i - 1], starts[first + i]);
      if (order == 0) {
        throw duplicate(tag);
      }
      if (order > 0) {
        return false;
      }
    }
    return true;
  }

  /// Compares what begins with a length at `a` and `b`, as unsigned bytes.
  private int compare(int a, int b) {
    ItemReader readerA = new ItemReader(bytes, a);
    int lengthA = readerA.varint();
    int fromA = readerA.position();
    ItemReader readerB = new ItemReader(bytes, b);
    int lengthB = readerB.varint();
    int fromB = readerB.position();
    return Arrays.compareUnsigned(bytes, fromA, fromA + lengthA, bytes, fromB, fromB + lengthB);
  }

  private static ApiException duplicate(byte tag) {
    return tag == Tags.M
        ? ApiException.serialization("Duplicate field in a map of attributes")
        : ApiException.validation(
            "One or more parameter values were invalid: Input collection contains duplicates.");
  }

  /// Puts the count, known only now, before the body's members.
  private void insertCount(int body, int count) {
    int width = varintBytes(count);
    ensure(width);
    System.arraycopy(bytes, body, bytes, body + width, at - body);
    putVarint(bytes, body, count);
    at += width;
  }

  private void tag(byte tag) {
    ensure(1);
    bytes[at++] = tag;
  }

  private void lengthAndBytes(byte[] from, int offset, int length) {
    ensure(VARINT_BYTES_MAX + length);
    at = putVarint(bytes, at, length);
    System.arraycopy(from, offset, bytes, at, length);
    at += length;
  }

  private void append(byte[] from, int offset, int length) {
    ensure(length);
    System.arraycopy(from, offset, bytes, at, length);
    at += length;
  }

  private void ensure(int more) {
    if (bytes.length - at < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, at + more));
    }
  }

  static int varintBytes(int value) {
    return (Math.max(1, 32 - Integer.numberOfLeadingZeros(value)) + 6) / 7;
  }

  static int putVarint(byte[] into, int at, int value) {
    int rest = value;
    int next = at;
    while ((rest & ~0x7f) != 0) {
      into[next++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    into[next++] = (byte) rest;
    return next;
  }
}
