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
import tools.jackson.core.io.JsonStringEncoder;

/// Writes items as JSON straight from their stored form. Most of what a page of items costs lies
/// here, so that nothing stands between the two but copies of bytes.
///
/// ```
/// item  = {"name":value,…}     value = {"S":"text"} | {"N":"text"} | {"B":"Base64"}
///         | {"BOOL":bool} | {"NULL":true} | {"SS":[…]} | {"NS":[…]} | {"BS":[…]}
///         | {"L":[value,…]} | {"M":item}
/// ```
final class ItemText {
  /// What stands before a value of that type.
  private static final Map<AttributeValue.Type, byte[]> OPENINGS =
      new EnumMap<>(AttributeValue.Type.class);

  static {
    for (AttributeValue.Type type : AttributeValue.Type.values()) {
      OPENINGS.put(type, ("{\"" + type.name() + "\":").getBytes(US_ASCII));
    }
  }

  private static final byte[] TRUE = "true".getBytes(US_ASCII);
  private static final byte[] FALSE = "false".getBytes(US_ASCII);

  /// Names the only attribute of an item that is there to hold one value.
  private static final String ONLY = "value";

  private ItemText() {}

  static void write(BinaryItem item, ByteOut out) {
    map(item.reader(), out);
  }

  static void write(AttributeValue value, ByteOut out) {
    ItemWriter writer = new ItemWriter();
    writer.name(ONLY).value(value);
    ItemReader reader = writer.finish().reader();
    reader.varint();
    reader.text();
    value(reader, out);
  }

  private static void map(ItemReader in, ByteOut out) {
    int count = in.varint();
    out.write('{');
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        out.write(',');
      }
      out.write(AttributeNames.next(in));
      value(in, out);
    }
    out.write('}');
  }

  private static void value(ItemReader in, ByteOut out) {
    AttributeValue.Type type = in.type();
    out.write(Objects.requireNonNull(OPENINGS.get(type)));
    if (type == AttributeValue.Type.BOOL) {
      out.write(in.bool() ? TRUE : FALSE);
    } else {
      in.skipTag();
      switch (type) {
        case S, N -> utf8(in, out);
        case B -> base64(in, out);
        case NULL -> out.write(TRUE);
        case SS, NS -> elements(in, out, ItemText::utf8);
        case BS -> elements(in, out, ItemText::base64);
        case L -> elements(in, out, ItemText::value);
        case M -> {
          in.enter();
          map(in, out);
        }
        case BOOL -> throw new IllegalStateException("handled above");
      }
    }
    out.write('}');
  }

  /// Writes what the reader stands before, and moves it behind.
  @FunctionalInterface
  private interface ElementWriter {
    void write(ItemReader in, ByteOut out);
  }

  private static void elements(ItemReader in, ByteOut out, ElementWriter element) {
    in.enter();
    int count = in.varint();
    out.write('[');
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        out.write(',');
      }
      element.write(in, out);
    }
    out.write(']');
  }

  private static void utf8(ItemReader in, ByteOut out) {
    int length = in.varint();
    out.write('"');
    if (Escapes.areNeeded(in.array(), in.position(), length)) {
      String text = new String(in.array(), in.position(), length, UTF_8);
      out.write(JsonStringEncoder.getInstance().quoteAsUTF8(text));
    } else {
      out.write(in.array(), in.position(), length);
    }
    out.write('"');
    in.skipBytes(length);
  }

  private static void base64(ItemReader in, ByteOut out) {
    int length = in.varint();
    int from = in.position();
    out.write('"');
    out.write(Base64.getEncoder().encode(Arrays.copyOfRange(in.array(), from, from + length)));
    out.write('"');
    in.skipBytes(length);
  }
}
