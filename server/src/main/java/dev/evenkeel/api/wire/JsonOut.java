package dev.evenkeel.api.wire;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.AttributeValue;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Writes the body of one answer. Members whose value is null are left out.
///
/// ```
/// JsonOut out = JsonOut.start();
/// out.string("TableName", name).object("Key").…end();
/// reply.send(Response.ok(out));
/// ```
///
/// One thread, one answer; the buffer is handed over with the response.
public final class JsonOut {
  private static final int BYTES_USUAL = 1024;

  private final ByteOut body;
  private final ItemText items;
  private final JsonGenerator generator;

  private JsonOut(int bytes) {
    body = new ByteOut(bytes);
    items = new ItemText(body);
    generator = Json.generator(body);
    generator.writeStartObject();
  }

  /// An answer whose top-level object is open.
  public static JsonOut start() {
    return start(BYTES_USUAL);
  }

  /// An answer of about that many bytes whose top-level object is open.
  public static JsonOut start(int bytes) {
    return new JsonOut(bytes);
  }

  /// The generator beneath, for values that are written in a way of their own.
  public JsonGenerator generator() {
    return generator;
  }

  /// The name of a member whose value is written next.
  public JsonOut name(String name) {
    generator.writeName(name);
    return this;
  }

  public JsonOut string(String name, @Nullable String value) {
    if (value != null) {
      generator.writeName(name);
      generator.writeString(value);
    }
    return this;
  }

  public JsonOut number(String name, long value) {
    generator.writeName(name);
    generator.writeNumber(value);
    return this;
  }

  public JsonOut number(String name, @Nullable Long value) {
    return value == null ? this : number(name, value.longValue());
  }

  public JsonOut decimal(String name, double value) {
    generator.writeName(name);
    generator.writeNumber(value);
    return this;
  }

  public JsonOut bool(String name, boolean value) {
    generator.writeName(name);
    generator.writeBoolean(value);
    return this;
  }

  /// A timestamp: seconds since 1970 with a fraction.
  public JsonOut seconds(String name, long millis) {
    generator.writeName(name);
    generator.writeNumber(BigDecimal.valueOf(millis, 3));
    return this;
  }

  public JsonOut strings(String name, List<String> values) {
    array(name);
    values.forEach(generator::writeString);
    return endArray();
  }

  /// A map of attribute values: the value of a member whose name was written, or an element.
  public JsonOut item(BinaryItem item) {
    separate();
    items.write(item);
    return this;
  }

  /// One attribute value, likewise.
  public JsonOut value(AttributeValue value) {
    separate();
    items.write(value);
    return this;
  }

  /// Has the generator write all that comes before a value, which then is written past it.
  private void separate() {
    generator.writeRawValue("");
    generator.flush();
  }

  /// Opens the object that is the value of a member.
  public JsonOut object(String name) {
    generator.writeName(name);
    generator.writeStartObject();
    return this;
  }

  /// Opens an object that is an element of an array.
  public JsonOut object() {
    generator.writeStartObject();
    return this;
  }

  /// Closes the object opened last.
  public JsonOut end() {
    generator.writeEndObject();
    return this;
  }

  /// Opens the array that is the value of a member.
  public JsonOut array(String name) {
    generator.writeName(name);
    generator.writeStartArray();
    return this;
  }

  /// Closes the array opened last.
  public JsonOut endArray() {
    generator.writeEndArray();
    return this;
  }

  /// Closes the top-level object; nothing can be written after it.
  public JsonOut finish() {
    generator.writeEndObject();
    generator.close();
    return this;
  }

  /// Gives the array of an answer that was sent back, for other answers: nobody may look at it any
  /// more. Whoever does not call this leaves the array to the garbage collector.
  public static void recycle(byte[] answer) {
    AnswerMemory.giveBack(answer);
  }

  /// What was written, complete after [#finish]; bytes beyond [#length] do not count.
  public byte[] bytes() {
    return body.bytes();
  }

  public int length() {
    return body.length();
  }
}
