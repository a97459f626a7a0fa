package dev.evenkeel.api.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.ItemReader;
import dev.evenkeel.codec.ItemWriter;
import dev.evenkeel.model.AttributeValue;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/// Writes the items of one answer as JSON straight from their stored form. Most of what a page of
/// items costs lies here, so that nothing stands between the two but copies of bytes.
///
/// ```
/// item  = {"name":value,…}     value = {"S":"text"} | {"N":"text"} | {"B":"Base64"}
///         | {"BOOL":bool} | {"NULL":true} | {"SS":[…]} | {"NS":[…]} | {"BS":[…]}
///         | {"L":[value,…]} | {"M":item}
/// ```
///
/// Items of one answer mostly have the same attributes: what stood in a place of the item before is
/// the first guess at what stands there now.
final class ItemText {
  /// Places of an item, those of its maps among them, for which there is a guess.
  private static final int GUESSES_MAX = 32;

  private static final Map<ValueHead, byte[]> HEADS = new EnumMap<>(ValueHead.class);

  static {
    for (ValueHead head : ValueHead.values()) {
      HEADS.put(head, head.json().getBytes(US_ASCII));
    }
  }

  /// Names the only attribute of an item that is there to hold one value.
  private static final String ONLY = "value";

  private final ByteOut out;
  private final @Nullable AttributeHead[] guesses = new @Nullable AttributeHead[GUESSES_MAX];

  /// The next attribute's.
  private int place;

  ItemText(ByteOut out) {
    this.out = out;
  }

  void write(BinaryItem item) {
    place = 0;
    map(item.reader());
  }

  void write(AttributeValue value) {
    ItemWriter writer = new ItemWriter();
    writer.name(ONLY).value(value);
    ItemReader reader = writer.finish().reader();
    reader.varint();
    reader.text();
    place = 0;
    value(reader);
  }

  /// Each attribute begins with a comma, of which the first then becomes the brace.
  private void map(ItemReader in) {
    int start = out.length();
    int count = in.varint();
    for (int left = count; left > 0; left--) {
      AttributeHead head = head(in);
      out.write(head.written());
      rest(head.value(), in);
    }
    if (count == 0) {
      out.write('{');
    } else {
      out.set(start, '{');
    }
    out.write('}');
  }

  private AttributeHead head(ItemReader in) {
    if (place == GUESSES_MAX) {
      return AttributeHead.next(in);
    }
    AttributeHead head = guesses[place];
    if (head == null || !head.skip(in)) {
      head = AttributeHead.next(in);
      guesses[place] = head;
    }
    place++;
    return head;
  }

  private void value(ItemReader in) {
    ValueHead head = ValueHead.next(in);
    out.write(Objects.requireNonNull(HEADS.get(head)));
    rest(head, in);
  }

  private void rest(ValueHead head, ItemReader in) {
    switch (head) {
      case S -> {
        utf8(in);
        out.write('"', '}');
      }
      case N -> {
        plain(in);
        out.write('"', '}');
      }
      case B -> {
        base64(in);
        out.write('"', '}');
      }
      case TRUE, FALSE, NULL -> {}
      case SS -> quoted(in, ItemText::utf8);
      case NS -> quoted(in, ItemText::plain);
      case BS -> quoted(in, ItemText::base64);
      case L -> list(in);
      case M -> {
        in.enter();
        map(in);
        out.write('}');
      }
    }
  }

  /// Writes what the reader stands before, and moves it behind.
  @FunctionalInterface
  private interface ElementWriter {
    void write(ItemText text, ItemReader in);
  }

  private void quoted(ItemReader in, ElementWriter element) {
    in.enter();
    int count = in.varint();
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        out.write(',');
      }
      out.write('"');
      element.write(this, in);
      out.write('"');
    }
    out.write(']', '}');
  }

  private void list(ItemReader in) {
    in.enter();
    int count = in.varint();
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        out.write(',');
      }
      value(in);
    }
    out.write(']', '}');
  }

  private void utf8(ItemReader in) {
    int length = in.varint();
    if (!out.writePlain(in.array(), in.position(), length)) {
      String text = new String(in.array(), in.position(), length, UTF_8);
      out.write(JsonStringEncoder.getInstance().quoteAsUTF8(text));
    }
    in.skipBytes(length);
  }

  /// Digits, of which none is escaped.
  private void plain(ItemReader in) {
    int length = in.varint();
    out.write(in.array(), in.position(), length);
    in.skipBytes(length);
  }

  private void base64(ItemReader in) {
    int length = in.varint();
    int from = in.position();
    out.write(Base64.getEncoder().encode(Arrays.copyOfRange(in.array(), from, from + length)));
    in.skipBytes(length);
  }
}
